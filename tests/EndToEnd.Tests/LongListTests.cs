using System.Globalization;
using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>Lists that are far longer than one message.</summary>
public sealed class LongListTests
{
    private const int Elements = 60_000;

    [Fact]
    public async Task LargeArray_IsListedShownAndCancelledWhole()
    {
        await using var lab = await Lab.Start();
        var array = await lab.Submit(Array());

        var shown = await lab.Cli("show", array, "--output", "quiet");
        var summary = await lab.Cli("show", array);
        var cancelled = await lab.Cli("cancel", array);
        var queue = await lab.Cli("queue", "--all", "--limit", "1000000", "--output", "quiet");

        Assert.All([shown, summary, cancelled, queue], result => Assert.Equal((0, ""), (result.ExitCode, result.Error)));
        Assert.StartsWith("array 1 has 60,000 elements: 60,000 PENDING\n", summary.Output, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, Elements).Select(Name), Lines(shown));
        Assert.Equal("job 1 cancelled\n", cancelled.Output);
        Assert.Equal(Enumerable.Range(0, Elements).Reverse().Select(Name), Lines(queue));
    }

    [Fact]
    public async Task JobsThatEndWhileAListIsRead_ComeOnceEach()
    {
        await using var lab = await Lab.Start();
        await lab.Submit(Array());
        var request = new ListJobsRequest { IncludeEnded = true, Limit = 1_000_000 };
        var ids = new List<string>();

        for (var pages = 1; pages == 1 || request.PageToken.Length > 0; pages++)
        {
            var page = await lab.Jobs.ListJobsAsync(request);
            ids.AddRange(page.Jobs.Select(job => job.Id));
            request.PageToken = page.NextPageToken;
            // Some that were told, some of the next pages, and after a restart all that are left.
            if (pages == 1) await lab.Jobs.CancelJobsAsync(new CancelJobsRequest { Ids = { "1_[0-9]", "1_[10000-10999]" } });
            if (pages == 2)
            {
                await lab.Scheduler.Kill();
                await lab.StartScheduler();
                await lab.Jobs.CancelJobsAsync(new CancelJobsRequest { Ids = { "1" } });
            }
        }

        Assert.Equal(Enumerable.Range(0, Elements).Select(Name), ids);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("quiet")]
    public async Task Head_EndsAListQuietly(string form)
    {
        await using var lab = await Lab.Start();
        await lab.Submit(Array());
        await lab.Cli("cancel", "1");

        var result = await CliResult.Shell(
            lab.Folder, lab.Server, $"(gpusched queue --all --limit 1000000 --output {form}; echo exit $? >&2) | head -n 3");

        Assert.Equal(3, Lines(result).Length);
        Assert.Equal("exit 0\n", result.Error);
    }

    private static JobSpec Array()
    {
        var spec = Lab.Shell("true");
        spec.Array = string.Create(CultureInfo.InvariantCulture, $"0-{Elements - 1}");
        return spec;
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"1_{index}");

    private static string[] Lines(CliResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
