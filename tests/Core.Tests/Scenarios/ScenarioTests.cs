namespace GpuScheduler.Core.Tests.Scenarios;

public sealed class ScenarioTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Scenarios");

    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_expectation_of_the_scenario_holds(string file)
    {
        var faults = Scenario.Play(File.ReadAllText(Path.Combine(Folder, file)));

        Assert.True(faults.Count == 0, $"{file}:\n{string.Join("\n", faults)}");
    }

    [Fact]
    public void An_expectation_that_does_not_hold_is_told_with_its_line()
    {
        var faults = Scenario.Play("node a: 1 A100\nsubmit x: --gpus 1 --tier training\nexpect x: on nowhere");

        Assert.Equal(["line 3: x: wanted 'on nowhere', found 'on a: GPU-a-0'"], faults);
    }
}
