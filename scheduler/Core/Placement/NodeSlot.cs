using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.OpenHours;
using GpuScheduler.Core.Placement.Reservations;

namespace GpuScheduler.Core.Placement;

/// <summary>What an attempt holds on a node.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Share">Its cards, cores and memory there.</param>
/// <param name="Fenced">It is not its job's newest: it holds only until its worker has ended it.</param>
internal sealed record Hold(Attempt Attempt, NodeShare Share, bool Fenced)
{
    /// <summary>It is another store's: nothing is known of its job, and it can't be ended from here.</summary>
    public bool IsForeign => Attempt.Id.Job.Number < 0;

    /// <summary>Longest time from its start to its end; null: no limit.</summary>
    public TimeSpan? Longest { get; init; }

    /// <summary>Between the request to stop and the kill.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>How long it will take by earlier runs, where it has no limit; null: it is not known.</summary>
    public TimeSpan? Expected { get; init; }

    /// <summary>By the rules it might be stopped for others.</summary>
    public bool MayYield { get; init; }

    /// <summary>When it will have ended, at the latest by its limit, or else by what earlier runs took; null: it is not known, or it has
    /// taken longer than they let expect.</summary>
    public DateTimeOffset? ExpectedBy(DateTimeOffset now) =>
        EndsBy(now) ?? (Expected is { } expected && (Attempt.StartTime ?? now) + expected is var end && end > now ? end : null);

    /// <summary>When it will have ended at the latest; null: it is not known. One that is being stopped, or is past its limit, may end
    /// at any moment.</summary>
    public DateTimeOffset? EndsBy(DateTimeOffset now)
    {
        if (IsForeign) return null;
        if (Fenced || Attempt.StopCause is not null) return now;
        if (Longest is not { } longest) return null;
        var end = (Attempt.StartTime ?? now) + longest;
        return end > now ? end : now;
    }
}

/// <summary>A node as placement sees it: what it has, and who holds what. Changed only through <see cref="PoolMap"/>.</summary>
internal sealed class NodeSlot(Node node)
{
    public Node Node { get; } = node;

    /// <summary>No other machine's name begins with the same part: then the part, or another spelling, means this one.</summary>
    public bool IsAloneByFirstPart { get; set; }

    /// <summary>This machine is meant by what people call it.</summary>
    public bool IsCalled(string asked) => string.Equals(asked, Node.Id.Name, StringComparison.Ordinal)
        || (IsAloneByFirstPart && NodeSpelling.MayMean(asked, Node.Id.Name));

    /// <summary>Cards by kind, in the order of their kinds' first sight.</summary>
    public List<CardGroup> Groups { get; } = [];

    /// <summary>Cards by uuid.</summary>
    public Dictionary<string, Card> Cards { get; } = new(StringComparer.Ordinal);

    /// <summary>Who holds what, by attempt.</summary>
    public SortedDictionary<AttemptId, Hold> Holds { get; } = new(AttemptOrder.Instance);

    /// <summary>Attempts that live here, are not current, and whose cards are not remembered: while there is one, nothing on the node
    /// is surely free.</summary>
    public HashSet<AttemptId> Strangers { get; } = [];

    /// <summary>Attempts that counted as lost while the node was silent: should they turn out to live, this says what they hold.</summary>
    public Dictionary<AttemptId, Attempt> Lost { get; } = [];

    /// <summary>Promises that bind the jobs served next in this cycle, in the order of the jobs they were made to.</summary>
    public List<Stake> Stakes { get; } = [];

    /// <summary>What they keep.</summary>
    public IEnumerable<Claim> Kept => Stakes.Count == 0 ? [] : Stakes.Select(stake => stake.Claim);

    /// <summary>When what runs here ends.</summary>
    public Releases Releases => field ??= new(this);

    public int CpuUsed { get; set; }

    /// <summary>Cores held by jobs without a card.</summary>
    public int CpuUsedWithoutCards { get; set; }

    public long MemoryUsed { get; set; }

    /// <summary>What the cards that are held draw at most, W, each once; 0 where there is no budget.</summary>
    public int WattsDrawn { get; set; }

    /// <summary>The count under which the map's core index knows it.</summary>
    public int IndexedCores { get; set; }

    /// <summary>Free memory under which the map last saw it.</summary>
    public long IndexedMemory { get; set; }

    /// <summary>Free cores under which the map last saw it.</summary>
    public int IndexedFreeCores { get; set; }

    /// <summary>When it takes work; null: always.</summary>
    public NodeHours? Hours { get; set; }

    /// <summary>Connected, not about to stop, not drained and not resting: takes new work, if only within its hours.</summary>
    public bool IsInService =>
        Node is { Session: not null, IsStopping: false, Cordon: null, RestsUntil: null } && Strangers.Count == 0;

    /// <summary>Takes new work.</summary>
    public bool IsOpen => IsInService && Hours is not { IsOpen: false };

    /// <summary>When all that runs there will have been stopped; null: it doesn't close.</summary>
    public DateTimeOffset? ClosesAt => Hours?.ClosesAt;

    public bool HasCards => Node.Devices.Count > 0;

    /// <summary>Nodes with equal labels stand together; empty: no label.</summary>
    public string Rack => Node.Labels.GetValueOrDefault("rack", "");

    public int CpuFree => Node.CpuCores - CpuUsed;

    /// <summary>Cores for jobs without a card: what is reserved to feed the cards is not for them.</summary>
    public int CpuFreeWithoutCards => Math.Min(CpuFree, Node.CpuCores - Node.ReservedCores - CpuUsedWithoutCards);

    public long MemoryFree => Node.MemoryMib - MemoryUsed;

    /// <summary>When an attempt will have ended at the latest; null: it is not known.</summary>
    public DateTimeOffset? EndsBy(Hold hold, DateTimeOffset now) => BeforeClosing(hold.EndsBy(now));

    /// <summary>When an attempt will have ended by its limit, or else by what earlier runs took; null: it is not known.</summary>
    public DateTimeOffset? ExpectedBy(Hold hold, DateTimeOffset now) => BeforeClosing(hold.ExpectedBy(now));

    /// <summary>A moment, but no later than the node's closing.</summary>
    public DateTimeOffset? BeforeClosing(DateTimeOffset? end) => ClosesAt is { } closing && !(end <= closing) ? closing : end;

    /// <summary>A job that starts here at a moment is gone before the node closes.</summary>
    public bool Lets(JobSpec spec, DateTimeOffset at) => Hours is null || Hours.Lets(spec, at);

    /// <summary>Some time it is open for as long as a job needs.</summary>
    public bool EverLets(JobSpec spec, DateTimeOffset from) => Hours is null || Hours.FirstStart(spec, from) is not null;

    /// <summary>Cores and memory are granted (1) or given back (-1).</summary>
    public void Count(NodeShare share, int sign)
    {
        CpuUsed += sign * share.CpuCores;
        MemoryUsed += sign * share.MemoryMib;
        if (share.Devices.Count == 0) CpuUsedWithoutCards += sign * share.CpuCores;
    }

    /// <summary>Its cards have changed: sorts them by kind.</summary>
    public void Regroup(CardKinds kinds)
    {
        Groups.Clear();
        foreach (var card in Cards.Values) card.Group = null;
        foreach (var card in Cards.Values.OrderBy(card => card.Place))
        {
            if (card.Missing) continue;
            var kind = kinds.Of(card.Device);
            var group = Groups.Find(known => known.Kind == kind);
            if (group is null) Groups.Add(group = new CardGroup(this, kind));
            group.Cards.Add(card);
            group.HasIslands |= card.Device.Place != DevicePlace.Unknown;
            card.Group = group;
        }
    }

    private sealed class AttemptOrder : IComparer<AttemptId>
    {
        public static AttemptOrder Instance { get; } = new();

        public int Compare(AttemptId x, AttemptId y)
        {
            var byJob = x.Job.CompareTo(y.Job);
            return byJob != 0 ? byJob : x.Number.CompareTo(y.Number);
        }
    }
}
