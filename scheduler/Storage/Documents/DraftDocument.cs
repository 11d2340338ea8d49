using GpuScheduler.Core.Model;
using static GpuScheduler.Storage.Documents.Omitted;

namespace GpuScheduler.Storage.Documents;

/// <summary>A <see cref="JobDraft"/> as stored; see <see cref="SpecDocument"/> for the rules.</summary>
internal sealed record DraftDocument
{
    public string? Name { get; init; }
    public string? User { get; init; }
    public string? Project { get; init; }
    public string? Tier { get; init; }
    public string? Gpus { get; init; }
    public bool GpusPerNode { get; init; }
    public int NodeCount { get; init; }
    public bool MixedCards { get; init; }
    public bool NvLink { get; init; }
    public int Cpus { get; init; }
    public string? Memory { get; init; }
    public string? TimeLimit { get; init; }
    public string? Deadline { get; init; }
    public int UtcOffsetMinutes { get; init; }
    public int Priority { get; init; }
    public int? Retries { get; init; }
    public bool NoRequeue { get; init; }
    public bool CheckpointEnabled { get; init; }
    public string? CheckpointDirectory { get; init; }
    public string? CheckpointSignal { get; init; }
    public TimeSpan? Grace { get; init; }
    public IReadOnlyDictionary<string, string>? Environment { get; init; }
    public string? WorkingDirectory { get; init; }
    public IReadOnlyList<string>? Command { get; init; }
    public string? Script { get; init; }
    public string? ScriptHash { get; init; }
    public int ScriptBytes { get; init; }
    public string? Array { get; init; }
    public string? Dependency { get; init; }
    public bool Hold { get; init; }
    public string? Output { get; init; }
    public string? Error { get; init; }
    public string? NodeList { get; init; }
    public string? Exclude { get; init; }
    public string? Comment { get; init; }
    public string? Precision { get; init; }
    public string? MinDriver { get; init; }
    public string? MinCuda { get; init; }
    public string? MemoryPerGpu { get; init; }
    public bool SameCard { get; init; }
    public string? GpuShare { get; init; }
    public string? GpuMemory { get; init; }
    public bool Exclusive { get; init; }
    public int? Umask { get; init; }
    public string? SoftLimits { get; init; }
    public string? SubmitDirectory { get; init; }

    public static DraftDocument From(JobDraft draft) => new()
    {
        Name = NullIfEmpty(draft.Name),
        User = NullIfEmpty(draft.User),
        Project = NullIfEmpty(draft.Project),
        Tier = NullIfEmpty(draft.Tier),
        Gpus = NullIfEmpty(draft.Gpus),
        GpusPerNode = draft.GpusPerNode,
        NodeCount = draft.NodeCount,
        MixedCards = draft.MixedCards,
        NvLink = draft.NvLink,
        Cpus = draft.Cpus,
        Memory = NullIfEmpty(draft.Memory),
        TimeLimit = NullIfEmpty(draft.TimeLimit),
        Deadline = NullIfEmpty(draft.Deadline),
        UtcOffsetMinutes = draft.UtcOffsetMinutes,
        Priority = draft.Priority,
        Retries = draft.Retries,
        NoRequeue = draft.NoRequeue,
        CheckpointEnabled = draft.Checkpoint.Enabled,
        CheckpointDirectory = NullIfEmpty(draft.Checkpoint.Directory),
        CheckpointSignal = NullIfEmpty(draft.Checkpoint.Signal),
        Grace = draft.Grace,
        Environment = draft.Environment.Count == 0 ? null : draft.Environment,
        WorkingDirectory = NullIfEmpty(draft.WorkingDirectory),
        Command = NullIfEmpty(draft.Command),
        Script = NullIfEmpty(draft.Script),
        ScriptHash = draft.KeptScript?.Hash,
        ScriptBytes = draft.KeptScript?.Bytes ?? 0,
        Array = NullIfEmpty(draft.Array),
        Dependency = NullIfEmpty(draft.Dependency),
        Hold = draft.Hold,
        Output = NullIfEmpty(draft.Output),
        Error = NullIfEmpty(draft.Error),
        NodeList = NullIfEmpty(draft.NodeList),
        Exclude = NullIfEmpty(draft.Exclude),
        Comment = NullIfEmpty(draft.Comment),
        Precision = NullIfEmpty(draft.Precision),
        MinDriver = NullIfEmpty(draft.MinDriver),
        MinCuda = NullIfEmpty(draft.MinCuda),
        MemoryPerGpu = NullIfEmpty(draft.MemoryPerGpu),
        SameCard = draft.SameCard,
        GpuShare = NullIfEmpty(draft.GpuShare),
        GpuMemory = NullIfEmpty(draft.GpuMemory),
        Exclusive = draft.Exclusive,
        Umask = draft.Surroundings.Umask,
        SoftLimits = NullIfEmpty(draft.Surroundings.SoftLimits),
        SubmitDirectory = NullIfEmpty(draft.Surroundings.SubmitDirectory),
    };

    public JobDraft ToDraft() => new()
    {
        Name = Name ?? "",
        User = User ?? "",
        Project = Project ?? "",
        Tier = Tier ?? "",
        Gpus = Gpus ?? "",
        GpusPerNode = GpusPerNode,
        NodeCount = NodeCount,
        MixedCards = MixedCards,
        NvLink = NvLink,
        Cpus = Cpus,
        Memory = Memory ?? "",
        TimeLimit = TimeLimit ?? "",
        Deadline = Deadline ?? "",
        UtcOffsetMinutes = UtcOffsetMinutes,
        Priority = Priority,
        Retries = Retries,
        NoRequeue = NoRequeue,
        Checkpoint = new CheckpointSpec(CheckpointEnabled, CheckpointDirectory ?? "", CheckpointSignal ?? ""),
        Grace = Grace,
        Environment = Environment ?? NoVariables,
        WorkingDirectory = WorkingDirectory ?? "",
        Command = Command ?? [],
        Script = Script ?? "",
        KeptScript = ScriptHash is null ? null : new KeptText(ScriptHash, ScriptBytes),
        Array = Array ?? "",
        Dependency = Dependency ?? "",
        Hold = Hold,
        Output = Output ?? "",
        Error = Error ?? "",
        NodeList = NodeList ?? "",
        Exclude = Exclude ?? "",
        Comment = Comment ?? "",
        Precision = Precision ?? "",
        MinDriver = MinDriver ?? "",
        MinCuda = MinCuda ?? "",
        MemoryPerGpu = MemoryPerGpu ?? "",
        SameCard = SameCard,
        GpuShare = GpuShare ?? "",
        GpuMemory = GpuMemory ?? "",
        Exclusive = Exclusive,
        Surroundings = Umask is null && SoftLimits is null && SubmitDirectory is null
            ? Surroundings.Unknown
            : new Surroundings { Umask = Umask, SoftLimits = SoftLimits ?? "", SubmitDirectory = SubmitDirectory ?? "" },
    };
}
