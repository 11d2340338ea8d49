using Grpc.Core;

namespace GpuScheduler.Embedded.Grpc.Tests.Client;

public sealed class MetadataTests
{
    [Fact]
    public void Keys_are_kept_in_lower_case_and_found_in_any()
    {
        var metadata = new Metadata { { "X-Key", "first" }, { "x-key", "second" } };

        Assert.Equal("x-key", metadata[0].Key);
        Assert.Equal("second", metadata.GetValue("X-KEY"));
        Assert.Equal(2, metadata.GetAll("x-Key").Count());
        Assert.Null(metadata.Get("other"));
    }

    [Fact]
    public void Binary_values_are_copied()
    {
        byte[] bytes = [1, 2];
        var entry = new Metadata.Entry("x-bin", bytes);

        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.True(entry.IsBinary);
        Assert.Equal([1, 2], entry.ValueBytes);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("white space")]
    [InlineData("colon:")]
    [InlineData("ümlaut")]
    public void Keys_of_other_letters_are_refused(string key) =>
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key.Length == 0 ? "=" : key, "value"));

    [Fact]
    public void Ending_in_bin_and_bytes_go_together()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("x-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("x-text", [1]));
    }

    [Fact]
    public void Empty_metadata_can_not_be_changed() => Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("x", "y"));
}
