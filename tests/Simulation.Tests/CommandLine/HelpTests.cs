using System.CommandLine;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Testing;

namespace GpuScheduler.Simulation.Tests.CommandLine;

/// <summary>What the simulator says of itself, and of flags that it doesn't have.</summary>
public sealed class HelpTests
{
    [Fact]
    public void Help_names_every_flag_and_fits_eighty_columns()
    {
        foreach (var (verb, command, notes) in
            new[] { ("simulate", Simulate(), SimulatorCommand.Notes), ("whatif", WhatIf(), WhatIfCommand.Notes) })
        {
            var help = HelpText.Of(verb, command, notes);

            Assert.Contains($"usage: gpusched {verb} [FLAGS]\n", help, StringComparison.Ordinal);
            Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 80, line));
            Assert.All(
                command.Options.Where(flag => flag is not (System.CommandLine.Help.HelpOption or VersionOption)), flag =>
                    Assert.Contains($"  {flag.Name}", help, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("--form", "unknown flag '--form': did you mean '--format'?")]
    [InlineData("--polcy=fgd", "unknown flag '--polcy=fgd': did you mean '--policy'?")]
    [InlineData("--something-else", "unknown flag '--something-else' ('--help' lists them)")]
    [InlineData("openb", "'openb' is too much: every value follows its flag")]
    public void An_unknown_word_gets_the_nearest_known_one(string word, string said) =>
        Assert.Equal([said], StrayWords.Of(Simulate().Parse([word])));

    private static Command Simulate() => SimulatorCommand.Create((_, _) => 0, new NoProgress());

    private static Command WhatIf() => WhatIfCommand.Create((_, _) => 0, TestTime.NewClock(), new NoProgress());
}
