using System.Diagnostics;
using System.Text.Json.Nodes;
using GpuScheduler.EndToEnd.Tests.Harness;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>What people read of a real scheduler: by their own clock, and of an array as a whole.</summary>
public sealed class ReaderTests
{
    [Fact]
    public async Task Moments_AreByTheReadersClockAndInJsonUtc()
    {
        await using var lab = await Lab.Start();
        var job = await lab.Submit(Lab.Shell("true"));

        // No change of clocks there: half past five all year.
        Assert.Matches(@"Submitted: +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30", await Told(lab, "Asia/Kolkata", "show", job));
        Assert.Matches(@"Submitted: +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", await Told(lab, "UTC", "show", job));
        Assert.Matches(@"""submitTime"": ""[^""]*Z""", await Told(lab, "Asia/Kolkata", "show", job, "--output", "json"));
    }

    [Fact]
    public async Task Arrays_AreSummedUpByStateAndReason()
    {
        await using var lab = await Lab.Start();
        var array = (await lab.Cli("submit", "--parsable", "--array", "0-19", "--", "true")).Output.Trim();
        await lab.Cli("hold", $"{array}_7");

        var (explained, logs) = (await lab.Cli("explain", array), await lab.Cli("logs", array));
        var json = JsonNode.Parse((await lab.Cli("explain", array, "--output", "json")).Output)!["array"]!;

        Assert.Contains($"array {array} has 20 elements: 20 PENDING", explained.Output, StringComparison.Ordinal);
        Assert.Contains($"1 PENDING (JobHeldUser)", explained.Output, StringComparison.Ordinal);
        Assert.Equal((2, ""), (logs.ExitCode, logs.Output));
        Assert.Contains($"name one of them: 'gpusched logs {array}_", logs.Error, StringComparison.Ordinal);
        Assert.Equal(20, json["groups"]!.AsArray().Sum(group => (int)group!["count"]!));
    }

    private static async Task<string> Told(Lab lab, string zone, params string[] words)
    {
        var start = Apps.Command("gpusched", words);
        (start.Environment["GPUSCHED_SERVER"], start.Environment["TZ"]) = (lab.Server, zone);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text;
    }
}
