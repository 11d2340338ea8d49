using System.Text.Json;

namespace GpuScheduler.Storage.Tests.Contract;

/// <summary>Compares what was stored with what came back, field by field: records with lists don't compare themselves.</summary>
internal static class StoredForm
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static void AssertSame(object expected, object actual) => Assert.Equal(Text(expected), Text(actual));

    /// <summary>As <see cref="AssertSame(object, object)"/>, for a value made from a seed, which a failure names.</summary>
    public static void AssertSame(int seed, object expected, object actual) =>
        Assert.Equal($"seed {seed}: {Text(expected)}", $"seed {seed}: {Text(actual)}");

    private static string Text(object value) => JsonSerializer.Serialize(value, Readable);
}
