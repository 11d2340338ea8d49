using System.Text;
using System.Text.Json;
using GpuScheduler.Storage.Documents;
using GpuScheduler.Storage.Tests.Contract;
using GpuScheduler.Storage.Tests.Generators;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>Rows outlive the version that wrote them.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void Read_FieldsOfALaterVersion_AreSkipped()
    {
        var json = Encoding.UTF8.GetString(SpecDocument.Write(Sample.Spec()));
        var later = json.Insert(1, "\"moonPhase\":{\"full\":true},");

        StoredForm.AssertSame(Sample.Spec(), SpecDocument.Read(Encoding.UTF8.GetBytes(later)));
    }

    [Fact]
    public void Read_FieldsAddedSince_AreEmptyNotNull()
    {
        var spec = SpecDocument.Read("""{"format":1,"tier":"training"}"""u8);

        Assert.Equal("training", spec.Tier);
        Assert.Equal("", spec.Draft.User);
        Assert.Empty(spec.Draft.Environment);
        Assert.Empty(spec.Draft.Command);
        Assert.Empty(spec.Request.Nodes);
    }

    [Fact]
    public void Read_NewerFormat_IsRefused()
    {
        var refused = Assert.Throws<JsonException>(() => SpecDocument.Read("""{"format":2}"""u8));

        Assert.Contains("format 2; this scheduler knows 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_PlainJob_LeavesOutWhatWasNotGiven() =>
        Assert.InRange(SpecDocument.Write(Sample.Spec()).Length, 100, 300);

    [Fact]
    public void Write_ArrayOfAHundredThousand_StaysSmall()
    {
        var spec = Sample.Spec() with { Array = new([.. Enumerable.Range(0, 100_000)], 8) };

        Assert.InRange(SpecDocument.Write(spec).Length, 100, 400);
    }
}
