using System.Text.Json;

namespace GpuScheduler.Storage.Tests.Contract;

/// <summary>Compares what was stored with what came back, field by field: records with lists don't compare themselves.</summary>
internal static class StoredForm
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static void AssertSame(object expected, object actual) =>
        Assert.Equal(JsonSerializer.Serialize(expected, Readable), JsonSerializer.Serialize(actual, Readable));
}
