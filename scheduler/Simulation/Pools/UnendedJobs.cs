using System.Globalization;
using System.Text.Json.Nodes;
using GpuScheduler.Common.Text;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Pools;

/// <summary>A job of a replay as its owner knows it, and what is to be said of it.</summary>
/// <param name="Id">Its number; in a file, its place in the order of submission.</param>
internal sealed record NamedJob(string Id, JobRecord Job)
{
    private const int LongestName = 20;

    /// <summary>Such as <c>12 train</c>.</summary>
    public string Title => Job.Job.Draft.Name is { Length: > 0 } name ? $"{Id} {PlainText.OneLine(Cut(name))}" : Id;

    private static string Cut(string name) => name.Length > LongestName ? name[..(LongestName - 1)] + "…" : name;
}

/// <summary>The jobs that never end in a replay, and why not: the first few by name, the others by their number.</summary>
internal static class UnendedJobs
{
    /// <summary>In text.</summary>
    private const int Named = 5;

    /// <summary>In JSON: <c>unfinished</c> has the count.</summary>
    private const int Listed = 100;

    public static IReadOnlyList<NamedJob> Of(PoolResult result) =>
        [.. Numbered(result).Where(named => named.Job.Ended is null)];

    /// <summary>All jobs, in the order of submission.</summary>
    public static IEnumerable<NamedJob> Numbered(PoolResult result) => result.Jobs.Select(
        (job, index) => new NamedJob(job.Job.Id.Length > 0 ? job.Job.Id : (index + 1).ToString(CultureInfo.InvariantCulture), job));

    /// <summary>80 columns wide; empty where all end.</summary>
    /// <param name="show">Puts moments of a sentence into the reader's time.</param>
    public static IEnumerable<string> Lines(PoolResult result, string indent, Func<string, string> show) =>
        Few(Of(result), indent, job => $"{job.Title}: {show(Why(job.Job))}");

    public static JsonArray ToJson(PoolResult result) => new([.. Of(result).Take(Listed).Select(job => new JsonObject
    {
        ["id"] = job.Id,
        ["name"] = job.Job.Job.Draft.Name,
        ["user"] = job.Job.Job.Draft.User,
        ["reason"] = job.Job.WhyUnended?.Reason.ToString(),
        ["text"] = Why(job.Job),
    })]);

    /// <summary>The first few, a paragraph each, and how many more there are.</summary>
    public static IEnumerable<string> Few(IReadOnlyList<NamedJob> jobs, string indent, Func<NamedJob, string> words)
    {
        foreach (var job in jobs.Take(Named))
        {
            foreach (var line in Paragraph.Lines(words(job), indent))
                yield return line;
        }

        if (jobs.Count > Named)
            yield return $"{indent}… and {jobs.Count - Named} more";
    }

    /// <summary>As 'explain' would say it.</summary>
    public static string Why(JobRecord job) => job.WhyUnended is { } why ? $"{why.Reason}: {why.Text}" : "it was not looked at";
}
