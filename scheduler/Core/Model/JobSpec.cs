namespace GpuScheduler.Core.Model;

/// <summary>What an admitted job asks for: a <see cref="JobDraft"/> with every expression parsed and every default filled in.
/// Immutable, and shared by all elements of an array.</summary>
public sealed record JobSpec
{
    // A pool keeps a million of these: what few jobs have takes no room in the others.
    private readonly long _limitTicks = Ticks.Never;
    private readonly long _deadlineTicks = Ticks.Never;
    private readonly SeldomAsked _seldom = SeldomAsked.Nothing;

    /// <summary>The user's words, kept for display and for the worker.</summary>
    public required JobDraft Draft { get; init; }

    /// <summary>Shown in tables.</summary>
    public required string Name { get; init; }

    /// <summary>Name of a tier of the pool.</summary>
    public required string Tier { get; init; }

    /// <summary>The tier was derived from the request; null when the user named it.</summary>
    public string? TierDerivedFrom { get; init; }

    /// <summary>Devices, cores and memory.</summary>
    public required ResourceRequest Request { get; init; }

    /// <summary>Null: no limit.</summary>
    public TimeSpan? TimeLimit
    {
        get => _limitTicks == Ticks.Never ? null : TimeSpan.FromTicks(_limitTicks);
        init => _limitTicks = value?.Ticks ?? Ticks.Never;
    }

    /// <summary>When it must have ended; null: whenever.</summary>
    public DateTimeOffset? Deadline
    {
        get => Ticks.Read(_deadlineTicks);
        init => _deadlineTicks = Ticks.Write(value);
    }

    /// <summary>Attempts that may fail without moving the checkpoint forward before the job fails; 0 … 1000.</summary>
    public required int Retries { get; init; }

    /// <summary>Between the request to stop and the kill.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>Bytes of script, arguments and variables; 0: from before they were counted.</summary>
    public int TextBytes { get; init; }

    /// <summary>Null outside arrays.</summary>
    public ArraySpec? Array
    {
        get => _seldom.Array;
        init { if (value != _seldom.Array) _seldom = _seldom with { Array = value }; }
    }

    /// <summary>Null: starts when there is room.</summary>
    public DependencySpec? Dependency
    {
        get => _seldom.Dependency;
        init { if (value != _seldom.Dependency) _seldom = _seldom with { Dependency = value }; }
    }

    /// <summary>
    /// What the first element of a <see cref="ResourceRequest.SameCardAs"/> array started on; null before, and for others.
    /// </summary>
    public CardPin? Pin
    {
        get => _seldom.Pin;
        init { if (value != _seldom.Pin) _seldom = _seldom with { Pin = value }; }
    }

    /// <summary>Who submitted it.</summary>
    public string User => Draft.User;

    /// <summary>Higher starts earlier within the tier.</summary>
    public int Priority => Draft.Priority;
}

/// <summary>What one attempt needs on one node. Equal requests are interchangeable for placement.</summary>
/// <param name="Gpu">Null: no GPU.</param>
/// <param name="CpuCores">Cores, at least 1.</param>
/// <param name="MemoryMib">Host memory in MiB, above 0.</param>
/// <param name="Nodes">Names that may be used; empty: any. Sorted.</param>
/// <param name="ExcludedNodes">Names that may not be used. Sorted.</param>
public sealed record ResourceRequest(
    GpuRequest? Gpu, int CpuCores, long MemoryMib, IReadOnlyList<string> Nodes, IReadOnlyList<string> ExcludedNodes)
{
    /// <summary>Nodes, each with all of the above: granted together or not at all; 1 or more.</summary>
    public int NodeCount { get; init; } = 1;

    /// <summary>A gang's nodes may differ in their cards' model.</summary>
    public bool MixedCards { get; init; }

    /// <summary>The cards on a node must be linked by NVLink.</summary>
    public bool NvLink { get; init; }

    /// <summary>True for several nodes.</summary>
    public bool IsGang => NodeCount > 1;

    /// <summary>No other job on the node while it runs; it gets all cores and all memory.</summary>
    public bool Exclusive { get; init; }

    /// <summary>Number of the array whose elements must all run on cards of one model and memory; 0: none.</summary>
    public long SameCardAs { get; init; }
}

/// <summary>Cards asked for: one of the alternatives, all of one alternative on one node.</summary>
/// <param name="Alternatives">At least one.</param>
/// <param name="Ordered">True for a bracketed list: earlier alternatives are preferred whatever their class.</param>
public sealed record GpuRequest(IReadOnlyList<GpuAlternative> Alternatives, bool Ordered)
{
    /// <summary>A part of one card, beside others who have the rest; null: whole cards. Alternatives then have a count of 1.</summary>
    public CardShare? Share { get; init; }
}

/// <summary>A part of a card.</summary>
/// <param name="Milli">Thousandths of its computing power: 1 … 999.</param>
/// <param name="MemoryMib">Of its memory, MiB; 0: as many thousandths as of its computing power.</param>
public sealed record CardShare(int Milli, long MemoryMib)
{
    /// <summary>What that is of a card's memory; rounded down, so that parts never exceed the whole.</summary>
    public long MemoryOf(long cardMib) => MemoryMib > 0 ? MemoryMib : cardMib * Milli / DeviceShare.Whole;
}

/// <summary>One acceptable kind of card.</summary>
/// <param name="Model">Catalog key, upper case (<c>A100</c>, <c>RTX4090</c>); null: any model.</param>
/// <param name="Count">Cards, 1 or more.</param>
/// <param name="MinMemoryMib">Least memory per card, MiB; 0: any.</param>
/// <param name="MaxMemoryMib">Most memory per card, MiB; null: no bound.</param>
public sealed record GpuAlternative(string? Model, int Count, long MinMemoryMib, long? MaxMemoryMib)
{
    /// <summary>Any part of a card will do (<see cref="Mig"/>).</summary>
    public const string AnyMig = "mig";

    /// <summary>What else the card must have.</summary>
    public CardNeeds Needs { get; init; } = CardNeeds.None;

    /// <summary>Profile of a part of a card, such as <c>1g.10gb</c>, or <see cref="AnyMig"/>; null: whole cards only.</summary>
    public string? Mig { get; init; }

    /// <summary>In an ordered list: higher is preferred, equal ones compete; above 0. Null: the place in the list decides.</summary>
    public decimal? Weight { get; init; }
}

/// <summary>The card to which an array has been tied.</summary>
/// <param name="Model">The driver's name.</param>
/// <param name="MemoryMib">Memory, MiB.</param>
/// <param name="Mig">Profile of a part of a card; null: whole cards.</param>
public sealed record CardPin(string Model, long MemoryMib, string? Mig);

/// <summary>An array's elements.</summary>
/// <param name="Indexes">Sorted, distinct, 0 or more each.</param>
/// <param name="MaxRunning">Elements that may run at once; null: all.</param>
public sealed record ArraySpec(IReadOnlyList<int> Indexes, int? MaxRunning);

/// <summary>What must have happened to other jobs first.</summary>
/// <param name="Terms">At least one.</param>
/// <param name="AnyOf">True: one term is enough (<c>?</c>); false: all (<c>,</c>).</param>
public sealed record DependencySpec(IReadOnlyList<DependencyTerm> Terms, bool AnyOf);

/// <summary>One dependency.</summary>
/// <param name="Kind">What must hold.</param>
/// <param name="Job">The other job; for an array number without index: all its elements.</param>
public sealed record DependencyTerm(DependencyKind Kind, JobId Job);

/// <summary>Slurm's dependency kinds that are supported.</summary>
public enum DependencyKind
{
    /// <summary>The other job completed with exit status 0.</summary>
    AfterOk = 1,

    /// <summary>The other job ended in any way but success.</summary>
    AfterNotOk = 2,

    /// <summary>The other job ended, however.</summary>
    AfterAny = 3,

    /// <summary>The other job has started.</summary>
    After = 4,
}
