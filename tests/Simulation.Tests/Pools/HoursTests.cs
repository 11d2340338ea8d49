using System.Globalization;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Pools;

/// <summary>Machines that work by night, in virtual time.</summary>
public sealed class HoursTests : IDisposable
{
    private const string Desk = """
        node: desk
        cpu: { cores: 8, memory: 64GiB }
        devices:
          - { uuid: GPU-1, model: "NVIDIA GeForce RTX 4090", memory: 24GiB }
        """;

    private const string Nights = """
        timezone: Europe/Berlin
        nodes:
          - { name: desk, available: "22:00-07:00" }
        """;

    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    // In November Berlin's 22:00 is 21:00 UTC; in July, 20:00.
    [InlineData("2026-11-20T18:00Z", 3)]
    [InlineData("2026-07-20T18:00Z", 2)]
    [InlineData("2026-11-20T23:30Z", 0)]
    // Half an hour is left of the night: the job would take too long.
    [InlineData("2026-11-20T05:30Z", 15.5)]
    public void A_job_waits_for_the_night(string start, double hours)
    {
        var result = Replay(start, "submit_s,duration_s,tier,gpus,time\n0,3000,validation,1,1h\n");

        Assert.Equal(hours * 3600, Assert.Single(result.Jobs).Wait);
    }

    /// <summary>
    /// Twenty hours of work: two whole nights, less the half minutes in which it is asked to stop, and the rest in the third.
    /// </summary>
    [Fact]
    public void A_job_that_checkpoints_goes_on_night_after_night()
    {
        var result = Replay("2026-11-20T21:00Z", "submit_s,duration_s,tier,gpus,checkpoint_every_s\n0,72000,validation,1,600\n");

        var job = Assert.Single(result.Jobs);
        Assert.Equal((3, 0.0), (job.Attempts, job.Wait));
        Assert.Equal((2 * 24 * 3600) + 72000 - (2 * ((9 * 3600) - 30)), job.Jct!.Value, 1);
    }

    [Fact]
    public void A_wrong_start_is_refused_with_what_is_allowed() => Assert.Equal(
        ["--start-at is 'tonight'; allowed: a date and time such as 2026-11-20T18:00Z or 2026-11-20T19:00+01:00"],
        SimulatorCommand.Create((_, _) => 0, new NoProgress()).Parse(["--nodes", "a", "--jobs", "b", "--start-at", "tonight"])
            .Errors.Select(error => error.Message));

    private PoolResult Replay(string start, string jobs) => PoolFormat.Replay(
        new PoolOptions(files.Write("nodes.yaml", Desk), files.Write("jobs.csv", jobs), files.Write("pool.yaml", Nights), "")
        {
            StartAt = DateTimeOffset.Parse(start, CultureInfo.InvariantCulture),
        },
        new NoProgress());
}
