using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Storage.Tests.Generators;

/// <summary>Plain jobs for tests that care about one thing.</summary>
internal static class Sample
{
    public static DateTimeOffset Morning { get; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static JobSpec Spec(string user = "ada", string tier = "training") => new()
    {
        Draft = new JobDraft { User = user, Command = ["python3", "train.py"], Gpus = "a100:1" },
        Name = "train",
        Tier = tier,
        Request = new ResourceRequest(new GpuRequest([new GpuAlternative("A100", 1, 0, null)], Ordered: false), 1, 1024, [], []),
        Retries = 2,
        Grace = TimeSpan.FromSeconds(30),
    };

    public static Job Job(long number, JobState state = JobState.Pending, JobSpec? spec = null, int index = JobId.NoIndex) =>
        new(new JobId(number, index), spec ?? Spec(), Morning) { State = state };

    public static StoreChange Added(Job job, string key = "") => new StoreChange.JobsAdded(job.Id.Number, job.Spec, key, [job]);

    /// <summary>An array whose elements are 0 … <paramref name="elements"/> - 1.</summary>
    public static StoreChange.JobsAdded Array(long number, int elements)
    {
        var spec = Spec() with { Array = new ArraySpec([.. Enumerable.Range(0, elements)], null) };
        return new StoreChange.JobsAdded(number, spec, "", [.. spec.Array.Indexes.Select(index => Job(number, spec: spec, index: index))]);
    }

    public static Attempt Attempt(Job job, int number, string node = "lab-a100") =>
        new(new AttemptId(job.Id, number), Allocation.Of(new NodeShare(new NodeId(node), [DeviceShare.Of("GPU-0")], 1, 1024)), Morning);

    /// <summary>The job after people held it, let it go and cancelled it.</summary>
    public static Job ActedOn(Job job)
    {
        job.Acts =
        [
            new Act(ActKind.Held, "ada", Morning),
            new Act(ActKind.Released, "", Morning.AddMinutes(1)),
            new Act(ActKind.Cancelled, "root", Morning.AddMinutes(2).AddTicks(1_234_567)) { Why = "wrong data; \"again\"\n" },
        ];
        return job;
    }

    /// <summary>What people did to a machine and to one of its cards.</summary>
    public static IReadOnlyList<Act> MachineActs { get; } =
    [
        new Act(ActKind.Drained, "root", Morning) { Why = "fan" },
        new Act(ActKind.Drained, "ada", Morning.AddHours(1)) { Card = "GPU-1", Why = "too hot" },
        new Act(ActKind.Resumed, "root", Morning.AddHours(2)) { Card = "GPU-1" },
    ];

    /// <summary>Gives the job its next attempt.</summary>
    public static Job Start(Job job)
    {
        job.AttemptNumber++;
        job.Attempt = Attempt(job, job.AttemptNumber);
        job.State = JobState.Running;
        return job;
    }
}
