using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Host.Tests.Lists;

/// <summary>Much of everything, as a store remembers it.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Morning = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static JobSpec Spec(params IReadOnlyList<string> command) => new()
    {
        Draft = new JobDraft { User = "ada", Command = command.Count > 0 ? command : ["true"] },
        Name = "job",
        Tier = "validation",
        Request = new ResourceRequest(null, 1, 1024, [], []),
        Retries = 0,
        Grace = TimeSpan.FromSeconds(30),
    };

    /// <summary>A job that has failed after so many attempts.</summary>
    public static StoreChange[] Tried(long number, int attempts, int nodes = 1, JobSpec? spec = null)
    {
        var job = new Job(new JobId(number), spec ?? Spec(), Morning)
        {
            State = JobState.Failed, EndTime = Morning.AddHours(1), AttemptNumber = attempts,
        };
        var all = Enumerable.Range(1, attempts).Select(at => Attempt(job.Id, at, nodes)).ToArray();
        job.Attempt = all.LastOrDefault();
        return [new StoreChange.JobsAdded(number, job.Spec, "", [job]), .. all.Select(one => new StoreChange.AttemptSaved(one))];
    }

    /// <summary>An array of so many elements that wait, or have ended.</summary>
    public static StoreChange Array(long number, int elements, JobState state = JobState.Pending)
    {
        var spec = Spec() with { Array = new ArraySpec([.. Enumerable.Range(0, elements)], null) };
        return new StoreChange.JobsAdded(
            number, spec, "",
            [.. spec.Array.Indexes.Select(index => new Job(new JobId(number, index), spec, Morning) { State = state, EndTime = Morning })]);
    }

    public static StoreChange Use(string user, string project = "") =>
        new StoreChange.UseSaved(new AccountId(project, user), 1_000_000, Morning);

    private static Attempt Attempt(JobId job, int number, int nodes) => new(
        new AttemptId(job, number),
        new Allocation([.. Enumerable.Range(0, nodes).Select(Share)]),
        Morning)
    {
        StartTime = Morning, EndTime = Morning, EndCause = EndCause.Exited, ExitCode = 1, Message = "exit 1",
    };

    private static NodeShare Share(int node) =>
        new(new NodeId($"node-{node}"), [.. Enumerable.Range(0, 8).Select(card => DeviceShare.Of($"GPU-{node}-{card}"))], 8, 1);
}
