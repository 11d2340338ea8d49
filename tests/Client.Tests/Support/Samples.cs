using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>Jobs and machines with everything that a column shows.</summary>
internal static class Samples
{
    public static Timestamp Ago(int seconds) => Timestamp.FromDateTimeOffset(Cli.Now.AddSeconds(-seconds));

    public static Job Running() => new()
    {
        Id = "12",
        Spec = new JobSpec
        {
            Name = "resnet-finetune-large-batch", User = "anna", Gpus = "a100:2", Cpus = 8, Command = { "python3", "train.py" },
            WorkingDirectory = "/home/anna/project",
        },
        Tier = "training",
        State = JobState.Running,
        Node = "lab-a100",
        Devices = { "GPU-a100-0", "GPU-a100-1" },
        DeviceModels = { "NVIDIA A100-SXM4-80GB", "NVIDIA A100-SXM4-80GB" },
        Attempt = 2,
        Deadline = Ago(-7200),
        SubmitTime = Ago(7300),
        StartTime = Ago(3725),
        ResumedFromStep = 400,
        CheckpointStep = 900,
        CheckpointTime = Ago(60),
        CpuCores = 8,
        MemoryMib = 65536,
        Acts =
        {
            new Act { Kind = ActKind.Held, User = "root", Time = Ago(7290) },
            new Act { Kind = ActKind.Released, User = "anna", Time = Ago(7210) },
        },
        Attempts =
        {
            new Attempt
            {
                Number = 1, Node = "ws-rtx6000", Devices = { "GPU-rtx-0" }, StartTime = Ago(7200), EndTime = Ago(3800),
                Cause = EndCause.NodeLost,
                LastStep = 400, LostWork = Duration.FromTimeSpan(TimeSpan.FromSeconds(12.5)),
            },
            new Attempt
            {
                Number = 2, Node = "lab-a100", Devices = { "GPU-a100-0", "GPU-a100-1" }, StartTime = Ago(3725), ResumedFromStep = 400,
                LastStep = 900,
            },
        },
    };

    public static Job Pending(string id = "13", string reason = "Resources") => new()
    {
        Id = id,
        Spec = new JobSpec { Name = "eval", User = "bernhard-longname", Gpus = "24GB..48GB", Command = { "python3", "eval.py" } },
        Tier = "validation",
        TierDerived = true,
        State = JobState.Pending,
        Reason = reason,
        ReasonText = "no free card with 24 GiB",
        SubmitTime = Ago(30),
    };

    public static Job Ended(JobState state, int? exitCode = null, string id = "14")
    {
        var job = new Job
        {
            Id = id,
            Spec = new JobSpec { Name = "prepare", User = "anna", Project = "vision" },
            Tier = "preprocessing",
            State = state,
            Node = "cpu-box",
            Attempt = 1,
            SubmitTime = Ago(100_000),
            StartTime = Ago(99_000),
            EndTime = Ago(5),
            CpuCores = 4,
        };
        if (exitCode is { } code)
            job.ExitCode = code;

        return job;
    }

    public static IEnumerable<Node> Nodes() =>
    [
        new Node
        {
            Name = "lab-a100", State = NodeState.Mixed, CpuCores = 32, CpuFree = 20, MemoryMib = 131072, MemoryFreeMib = 65536,
            Jobs = { "12" },
            Devices =
            {
                Card(0, "GPU-a100-0", "NVIDIA A100-SXM4-80GB", DeviceClass.Datacenter, 81920, "12"),
                Shared(Card(1, "GPU-a100-1", "NVIDIA A100-SXM4-80GB", DeviceClass.Datacenter, 81920, "16", "17")),
                Slice(Card(2, "MIG-a100-2", "NVIDIA A100-SXM4-80GB", DeviceClass.Datacenter, 9856)),
            },
        },
        new Node
        {
            Name = "desk-4090", State = NodeState.Draining, CpuCores = 16, CpuFree = 16, MemoryMib = 65536, MemoryFreeMib = 65536,
            Reason = "owner is back",
            Acts = { new Act { Kind = ActKind.Drained, User = "bert", Time = Ago(60), Reason = "owner is back" } },
            Devices =
            {
                Drained(Card(
                    0, "GPU-4fa2c5d0-1b7e-4a53-9d1c-0c1de5f0a001", "NVIDIA GeForce RTX 4090", DeviceClass.Consumer, 24576)),
                Quarantined(Card(1, "GPU-3080-0", "NVIDIA GeForce RTX 3080", DeviceClass.Consumer, 10240)),
            },
        },
        new Node
        {
            Name = "cpu-box", State = NodeState.Unknown, CpuCores = 64, CpuFree = 0, MemoryMib = 262144, MemoryFreeMib = 1024,
            Jobs = { "14", "15" },
        },
        new Node
        {
            Name = "desk-1080", State = NodeState.Reserved, CpuCores = 16, CpuFree = 16, MemoryMib = 65536, MemoryFreeMib = 65536,
            Reason = "closed until 22:00 Europe/Berlin",
            Available = "22:00-07:00 Europe/Berlin", OpensAt = Ago(-7200),
        },
    ];

    private static Device Card(int index, string uuid, string model, DeviceClass deviceClass, long memoryMib, params string[] jobs) =>
        new()
        {
            Index = index, Uuid = uuid, Model = model, DeviceClass = deviceClass, MemoryMib = memoryMib, State = DeviceState.Healthy,
            Jobs = { jobs },
        };

    /// <summary>Two jobs have parts of it.</summary>
    private static Device Shared(Device device)
    {
        (device.MilliGranted, device.MemoryGrantedMib, device.ComputeCapability, device.Ecc) = (750, 18 * 1024, "8.0", true);
        (device.DriverVersion, device.CudaVersion) = ("535.104.05", "12.2");
        device.OnLoan = true;
        return device;
    }

    private static Device Slice(Device device)
    {
        (device.MigProfile, device.ParentUuid) = ("1g.10gb", "GPU-a100-2");
        return device;
    }

    private static Device Drained(Device device)
    {
        (device.State, device.DrainReason, device.DrainedBy) = (DeviceState.Cordoned, "fan broken, ticket 4711", "root");
        return device;
    }

    private static Device Quarantined(Device device)
    {
        device.State = DeviceState.Quarantined;
        return device;
    }
}
