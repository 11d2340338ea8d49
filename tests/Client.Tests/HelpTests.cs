using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>The overview and each verb's help, as files to read in review.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Verbs() =>
        [.. VerbTable.Shown.Where(verb => verb.Name is not ("scheduler" or "worker" or "simulate" or "whatif")).Select(verb => verb.Name)];

    [Fact]
    public async Task Overview_lists_every_verb()
    {
        var result = await new Cli().RunAsync("--help");

        Assert.Equal(0, result.ExitCode);
        Assert.All(result.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Golden.Match("help", result.Out);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_verb_explains_itself(string verb)
    {
        var result = await new Cli().RunAsync(verb, "--help");

        Assert.Equal(new CliResult(0, result.Out, ""), result);
        Assert.All(result.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Golden.Match($"help-{verb}", result.Out);
    }

    [Fact]
    public async Task Nothing_at_all_is_a_usage_error_with_the_overview() =>
        Assert.Equal(new CliResult(2, "", HelpText.Overview()), await new Cli().RunAsync());

    [Fact]
    public async Task Version_needs_no_scheduler() =>
        Assert.Matches(@"^gpusched \d+\.\d+\.\d+\n$", (await new Cli().RunAsync("version")).Out);
}
