using System.Reflection;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>Compares text with a file under Golden/. GPUSCHED_UPDATE_GOLDEN=1 writes the files anew; the difference is then
/// read in version control.</summary>
internal static class Golden
{
    private static readonly bool Rewrite = System.Environment.GetEnvironmentVariable("GPUSCHED_UPDATE_GOLDEN") == "1";

    public static string Metadata(string key) => typeof(Golden).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;

    public static void Match(string name, string actual)
    {
        var path = Path.Combine(Metadata("GoldenFolder"), name + ".txt");
        if (Rewrite)
            File.WriteAllText(path, actual);

        Assert.True(File.Exists(path), $"{path} is missing; GPUSCHED_UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
