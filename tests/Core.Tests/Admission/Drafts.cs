using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Admission;

/// <summary>Drafts, nodes and answers with defaults, so that a test states only what matters.</summary>
internal static class Drafts
{
    public static readonly Admitter Shipped = new(new PoolConfig(), DeviceCatalog.BuiltIn);

    public static readonly JobDraft Plain = new() { User = "ada", Command = ["/usr/bin/python3", "train.py"] };

    public static JobSpec Admit(JobDraft draft, Admitter? admitter = null, params string[] present)
    {
        var result = (admitter ?? Shipped).Admit(draft, "", present);
        Assert.True(
            result is AdmissionResult.Admitted,
            string.Join('\n', (result as AdmissionResult.Refused)?.Faults.Select(fault => fault.ToString()) ?? []));
        return ((AdmissionResult.Admitted)result).Spec;
    }

    public static IReadOnlyList<Fault> Refuse(JobDraft draft, string field = "", Admitter? admitter = null) =>
        Assert.IsType<AdmissionResult.Refused>((admitter ?? Shipped).Admit(draft, field)).Faults;

    /// <summary>A machine of 32 cores (4 reserved) and 128 GiB with cards by their drivers' names.</summary>
    public static Node Node(string name, long memoryMib, params string[] cards) => new(new NodeId(name))
    {
        CpuCores = 32,
        ReservedCores = 4,
        MemoryMib = 131_072,
        Devices = [.. cards.Select((card, i) => DeviceCatalog.BuiltIn.Classify(new AnnouncedDevice($"{name}-{i}", card, memoryMib, null)))],
    };
}
