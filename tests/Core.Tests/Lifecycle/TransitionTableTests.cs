using System.Runtime.CompilerServices;
using System.Text;
using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Lifecycle;

public sealed class TransitionTableTests
{
    [Fact]
    public void The_readme_shows_the_tables_in_force()
    {
        var readme = ReadmePath();
        var wanted = Tables();
        if (Environment.GetEnvironmentVariable("GPUSCHED_UPDATE_GOLDEN") == "1") Rewrite(readme, wanted);

        Assert.Contains(wanted, File.ReadAllText(readme).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Ended_jobs_move_only_when_they_are_revived()
    {
        foreach (var row in JobTransitions.All.Where(row => row.From.IsEnded())) Assert.Equal(JobEvent.Revived, row.Event);
    }

    [Fact]
    public void Every_state_can_be_left_and_every_event_happens_somewhere()
    {
        Assert.Equal(Enum.GetValues<JobState>(), JobTransitions.All.Select(row => row.From).Distinct().Order());
        Assert.Equal(Enum.GetValues<JobEvent>(), JobTransitions.All.Select(row => row.Event).Distinct().Order());
    }

    private static string Tables()
    {
        var text = new StringBuilder("| job is | happens | becomes |\n|---|---|---|\n");
        foreach (var group in JobTransitions.All.GroupBy(row => (row.Event, row.To)))
            text.Append(
                $"| {string.Join(", ", group.Select(row => row.From.DisplayName()))} | {group.Key.Event} | {group.Key.To.DisplayName()} "
                    + "|\n");
        text.Append($"\n| attempt is | {string.Join(" | ", Enum.GetValues<ReportKind>())} |\n|---|---|---|---|---|\n");
        foreach (var state in Enum.GetValues<AttemptState>())
            text.Append(
                $"| {state} | {string.Join(" | ", Enum.GetValues<ReportKind>().Select(kind => AttemptTransitions.Of(state, kind)))} |\n");
        return text.ToString();
    }

    private static void Rewrite(string readme, string tables)
    {
        const string mark = "<!-- tables -->\n";
        var text = File.ReadAllText(readme).ReplaceLineEndings("\n");
        File.WriteAllText(readme, text[..(text.IndexOf(mark, StringComparison.Ordinal) + mark.Length)] + tables);
    }

    private static string ReadmePath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../scheduler/Core/Lifecycle/README.md"));
}
