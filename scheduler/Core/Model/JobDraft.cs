using System.Collections.Immutable;

namespace GpuScheduler.Core.Model;

/// <summary>
/// A submission in the user's own words, as the wire carries it. <c>Admission</c> alone turns it into a <see cref="JobSpec"/>
/// or says, field by field, what is wrong. Empty text means "not given".
/// </summary>
public sealed record JobDraft
{
    // A pool keeps a million of these: what most submissions leave out takes no room of its own.
    private readonly SeldomGiven _seldom = SeldomGiven.Nothing;

    /// <summary>What few submissions give, all at once: equal drafts may share it.</summary>
    internal SeldomGiven Seldom
    {
        get => _seldom;
        init => _seldom = value;
    }

    /// <summary>Shown in tables; empty: the command's file name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Who submits; required.</summary>
    public string User { get; init; } = "";

    /// <summary>Account or project; may be empty.</summary>
    public string Project { get; init; } = "";

    /// <summary>Tier name, or empty to derive it from the request.</summary>
    public string Tier { get; init; } = "";

    /// <summary>GPU expression (<c>2</c>, <c>a100:2</c>, <c>A100,H100:40GB..:2</c>, <c>24GB..48GB</c>); empty: no GPU.</summary>
    public string Gpus { get; init; } = "";

    /// <summary>The cards of <see cref="Gpus"/> are those of each node; false: of all nodes together.</summary>
    public bool GpusPerNode { get; init; }

    /// <summary>Nodes of a gang, one process each; 0: the default of 1. Cores and memory are those of each node.</summary>
    public int NodeCount { get; init; }

    /// <summary>The nodes of a gang may have different models of cards.</summary>
    public bool MixedCards { get; init; }

    /// <summary>A node's cards must be linked with one another by NVLink.</summary>
    public bool NvLink { get; init; }

    /// <summary>Cores; 0: the default.</summary>
    public int Cpus { get; init; }

    /// <summary>Host memory with unit (<c>16GiB</c>); empty: the default.</summary>
    public string Memory { get; init; } = "";

    /// <summary>Slurm's time forms, or <c>90m</c>, <c>2h</c>; empty: none.</summary>
    public string TimeLimit { get; init; } = "";

    /// <summary>
    /// When it must have ended, in Slurm's time forms (<c>now+2hours</c>, <c>2026-01-05T18:00</c>, <c>18:00</c>); empty: whenever.
    /// </summary>
    public string Deadline
    {
        get => _seldom.Deadline;
        init { if (value != _seldom.Deadline) _seldom = _seldom with { Deadline = value }; }
    }

    /// <summary>The submitter's clock minus UTC, for times of the day in <see cref="Deadline"/>; -840 … 840.</summary>
    public int UtcOffsetMinutes
    {
        get => _seldom.UtcOffsetMinutes;
        init { if (value != _seldom.UtcOffsetMinutes) _seldom = _seldom with { UtcOffsetMinutes = value }; }
    }

    /// <summary>Higher starts earlier within a tier.</summary>
    public int Priority { get; init; }

    /// <summary>Attempts that may fail without moving the checkpoint forward; null: the default.</summary>
    public int? Retries
    {
        get => _seldom.Retries;
        init { if (value != _seldom.Retries) _seldom = _seldom with { Retries = value }; }
    }

    /// <summary>The scheduler must not queue it again once it has started: losing its node ends it.</summary>
    public bool NoRequeue { get; init; }

    /// <summary>How the job saves its work.</summary>
    public CheckpointSpec Checkpoint { get; init; } = CheckpointSpec.None;

    /// <summary>Between the request to stop and the kill; null: the default.</summary>
    public TimeSpan? Grace
    {
        get => _seldom.Grace;
        init { if (value != _seldom.Grace) _seldom = _seldom with { Grace = value }; }
    }

    /// <summary>Variables added to the process's environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Absolute path, or empty for a folder that the worker keeps.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>Program and arguments; with a <see cref="Script"/> its arguments.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>A whole script; at most 4 MiB. Empty where it is kept in the store (<see cref="KeptScript"/>).</summary>
    public string Script
    {
        get => _seldom.Script;
        init { if (value != _seldom.Script) _seldom = _seldom with { Script = value }; }
    }

    /// <summary>Stands for a script that only the store has; null: it has none, or a short one.</summary>
    public KeptText? KeptScript
    {
        get => _seldom.KeptScript;
        init { if (value != _seldom.KeptScript) _seldom = _seldom with { KeptScript = value }; }
    }

    /// <summary>The job is a script, wherever that is kept.</summary>
    internal bool IsScript => Script.Length > 0 || KeptScript is not null;

    /// <summary><c>0-99%8</c>, <c>1,3,5-9:2</c>; empty: a single job.</summary>
    public string Array
    {
        get => _seldom.Array;
        init { if (value != _seldom.Array) _seldom = _seldom with { Array = value }; }
    }

    /// <summary><c>afterok:12,afterany:13</c>; comma = all, <c>?</c> = any.</summary>
    public string Dependency
    {
        get => _seldom.Dependency;
        init { if (value != _seldom.Dependency) _seldom = _seldom with { Dependency = value }; }
    }

    /// <summary>Submit held.</summary>
    public bool Hold { get; init; }

    /// <summary>Pattern of the standard output file; empty: the worker keeps it.</summary>
    public string Output
    {
        get => _seldom.Output;
        init { if (value != _seldom.Output) _seldom = _seldom with { Output = value }; }
    }

    /// <summary>Pattern of the standard error file.</summary>
    public string Error
    {
        get => _seldom.Error;
        init { if (value != _seldom.Error) _seldom = _seldom with { Error = value }; }
    }

    /// <summary>Nodes that may be used; empty: any.</summary>
    public string NodeList
    {
        get => _seldom.NodeList;
        init { if (value != _seldom.NodeList) _seldom = _seldom with { NodeList = value }; }
    }

    /// <summary>Nodes that may not be used.</summary>
    public string Exclude
    {
        get => _seldom.Exclude;
        init { if (value != _seldom.Exclude) _seldom = _seldom with { Exclude = value }; }
    }

    /// <summary>Free text.</summary>
    public string Comment
    {
        get => _seldom.Comment;
        init { if (value != _seldom.Comment) _seldom = _seldom with { Comment = value }; }
    }

    /// <summary>
    /// What the cards must compute: <c>fp64</c>, <c>fp32</c>, <c>tf32</c>, <c>fp16</c>, <c>bf16</c>, <c>fp8</c>; empty: anything.
    /// </summary>
    public string Precision
    {
        get => _seldom.Precision;
        init { if (value != _seldom.Precision) _seldom = _seldom with { Precision = value }; }
    }

    /// <summary>Oldest driver (<c>535.104</c>); empty: any.</summary>
    public string MinDriver
    {
        get => _seldom.MinDriver;
        init { if (value != _seldom.MinDriver) _seldom = _seldom with { MinDriver = value }; }
    }

    /// <summary>CUDA version that the driver must support (<c>12.4</c>); empty: any.</summary>
    public string MinCuda
    {
        get => _seldom.MinCuda;
        init { if (value != _seldom.MinCuda) _seldom = _seldom with { MinCuda = value }; }
    }

    /// <summary>Host memory for each card, with unit, instead of <see cref="Memory"/>; empty: not given.</summary>
    public string MemoryPerGpu
    {
        get => _seldom.MemoryPerGpu;
        init { if (value != _seldom.MemoryPerGpu) _seldom = _seldom with { MemoryPerGpu = value }; }
    }

    /// <summary>All elements of the array on cards of one model and memory.</summary>
    public bool SameCard { get; init; }

    /// <summary>Part of one card: <c>250m</c> or <c>0.25</c>; empty: whole cards.</summary>
    public string GpuShare
    {
        get => _seldom.GpuShare;
        init { if (value != _seldom.GpuShare) _seldom = _seldom with { GpuShare = value }; }
    }

    /// <summary>Of the shared card's memory, with unit; empty: the same part.</summary>
    public string GpuMemory
    {
        get => _seldom.GpuMemory;
        init { if (value != _seldom.GpuMemory) _seldom = _seldom with { GpuMemory = value }; }
    }

    /// <summary>What it takes over from the shell in which it was submitted.</summary>
    public Surroundings Surroundings
    {
        get => _seldom.Surroundings;
        init { if (value != _seldom.Surroundings) _seldom = _seldom with { Surroundings = value }; }
    }

    /// <summary>No other job on the node.</summary>
    public bool Exclusive { get; init; }
}

/// <summary>How a job saves its work (the checkpoint contract).</summary>
/// <param name="Enabled">The job writes checkpoints and their manifest.</param>
/// <param name="Directory">Absolute path that every node sees, or empty for one the worker keeps.</param>
/// <param name="Signal">Signal that asks for a checkpoint (<c>USR1</c>), or empty for the request file alone.</param>
public sealed record CheckpointSpec(bool Enabled, string Directory, string Signal)
{
    /// <summary>A job that doesn't checkpoint: every attempt starts from the beginning.</summary>
    public static CheckpointSpec None { get; } = new(false, "", "");
}

/// <summary>One finished checkpoint.</summary>
/// <param name="Step">The job's own measure of progress, 0 or more.</param>
/// <param name="Path">Relative to the checkpoint directory.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">Lower-case hex, or empty when the job gave none.</param>
/// <param name="Time">When it was finished.</param>
public sealed record Checkpoint(long Step, string Path, long Bytes, string Sha256, DateTimeOffset Time);
