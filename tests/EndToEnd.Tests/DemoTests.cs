using GpuScheduler.EndToEnd.Tests.Harness;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>The first command that README shows.</summary>
public sealed class DemoTests
{
    /// <summary>Twice the demo's own limit.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Demo_KeepsItsPromises()
    {
        var folder = Directory.CreateTempSubdirectory("gpusched-demo-");
        try
        {
            var demo = await CliResult.Run(folder.FullName, Patience, "demo");

            Assert.DoesNotContain("BROKEN", demo.Output, StringComparison.Ordinal);
            Assert.Contains("kept   what the lost machine ran was resumed from its checkpoint", demo.Output, StringComparison.Ordinal);
            Assert.Equal(0, demo.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
