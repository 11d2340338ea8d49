using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands.Demo;

/// <summary>One thing that the demo promises, and whether it came true.</summary>
internal sealed record DemoCheck(string Promise, bool Kept);

/// <summary>Holds a finished demo against what the design promises.</summary>
internal sealed class DemoChecks(IReadOnlyList<Job> jobs, IReadOnlyList<Node> nodes, IReadOnlyList<string> hit)
{
    private readonly Dictionary<string, DeviceClass> classes = nodes
        .SelectMany(node => node.Devices)
        .ToDictionary(device => device.Uuid, device => device.DeviceClass);

    public IReadOnlyList<DemoCheck> All() =>
    [
        new("every job completed, none was lost", jobs.Count > 0 && jobs.All(job => job.State == JobState.Completed)),
        new(
            "training ran on datacenter and professional cards only",
            Classes("training").All(card => card is DeviceClass.Datacenter or DeviceClass.Professional)),
        new("validation took consumer cards while one was free", ValidationTookConsumerFirst()),
        new("preprocessing took no card", Attempts("preprocessing").All(attempt => attempt.Devices.Count == 0)),
        new("what the lost machine ran was resumed from its checkpoint", hit.Count > 0 && hit.All(WasResumed)),
        new("no card was given to two jobs at once", NoOverlap()),
    ];

    private IEnumerable<Attempt> Attempts(string tier) => jobs.Where(job => job.Tier == tier).SelectMany(job => job.Attempts);

    private IEnumerable<DeviceClass> Classes(string tier) => Attempts(tier).SelectMany(attempt => attempt.Devices).Select(ClassOf);

    private DeviceClass ClassOf(string uuid) => classes.GetValueOrDefault(uuid);

    /// <summary>Elsewhere only where every consumer card large enough was taken at that moment.</summary>
    private bool ValidationTookConsumerFirst()
    {
        var used = Attempts("validation").ToList();
        return used.Any(attempt => attempt.Devices.Any(uuid => ClassOf(uuid) == DeviceClass.Consumer))
            && jobs.Where(job => job.Tier == "validation").All(job => job.Attempts
                .Where(attempt => attempt.Devices.Any(uuid => ClassOf(uuid) != DeviceClass.Consumer))
                .All(attempt => ConsumerCardsFor(job).All(card => BusyAt(card, attempt))));
    }

    /// <summary>All of them, or the large ones for a job that names an amount of memory.</summary>
    private IEnumerable<Device> ConsumerCardsFor(Job job) => nodes
        .SelectMany(node => node.Devices)
        .Where(device => device.DeviceClass == DeviceClass.Consumer)
        .Where(device => !job.Spec.Gpus.StartsWith("24GB", StringComparison.Ordinal) || device.MemoryMib >= 24 * 1024);

    private bool BusyAt(Device card, Attempt attempt) => jobs
        .SelectMany(job => job.Attempts)
        .Any(other => other != attempt && other.Devices.Contains(card.Uuid) && Overlap(other, attempt));

    private bool WasResumed(string id) =>
        jobs.Single(job => job.Id == id).Attempts is { Count: > 1 } attempts && attempts[^1].HasResumedFromStep
            && attempts[^1].ResumedFromStep > 0;

    private bool NoOverlap()
    {
        var attempts = jobs.SelectMany(job => job.Attempts).Where(attempt => attempt.EndTime is not null).ToList();
        return !attempts.Any(
            one => attempts.Any(other => one != other && one.Devices.Intersect(other.Devices).Any() && Overlap(one, other)));
    }

    private static bool Overlap(Attempt one, Attempt other) =>
        one.StartTime is not null && other.StartTime is not null
        && one.StartTime.ToDateTimeOffset() < End(other) && other.StartTime.ToDateTimeOffset() < End(one);

    private static DateTimeOffset End(Attempt attempt) => attempt.EndTime?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue;
}
