using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Learning;

/// <summary>All that has been learned, of the families heard of last.</summary>
public sealed class FamilyBook
{
    /// <summary>Families that are remembered; at some 500 bytes each they take a few megabytes.</summary>
    public const int Most = 10_000;

    private readonly Dictionary<JobFamily, FamilyFacts> _facts = [];
    private readonly SortedSet<(DateTimeOffset Seen, JobFamily Family)> _byAge = new(OldestFirst.Instance);
    private bool _frozen;

    /// <summary>Grows whenever something is learned.</summary>
    public int Version { get; private set; }

    /// <summary>Everything, the longest unheard of first.</summary>
    public IEnumerable<FamilyFacts> All => _byAge.Select(pair => _facts[pair.Family]);

    /// <summary>Nothing is known of any family.</summary>
    public bool IsEmpty => _facts.Count == 0;

    /// <summary>What is known of a job's family; null: nothing.</summary>
    public FamilyFacts? Of(JobSpec spec) => IsEmpty ? null : _facts.GetValueOrDefault(JobFamily.Of(spec));

    /// <summary>What is known of a family; null: nothing.</summary>
    public FamilyFacts? Of(JobFamily family) => _facts.GetValueOrDefault(family);

    /// <summary>Takes over what is known now; returns a family that is forgotten for it, or null.</summary>
    public JobFamily? Put(FamilyFacts facts)
    {
        if (_frozen) return null;
        Version++;
        if (_facts.TryGetValue(facts.Family, out var old)) _byAge.Remove((old.Seen, old.Family));
        _facts[facts.Family] = facts;
        _byAge.Add((facts.Seen, facts.Family));
        if (_facts.Count <= Most) return null;
        var oldest = _byAge.Min;
        _byAge.Remove(oldest);
        _facts.Remove(oldest.Family);
        return oldest.Family;
    }

    /// <summary>Learns nothing more: what is played is not what happened.</summary>
    public void Freeze() => _frozen = true;

    private sealed class OldestFirst : IComparer<(DateTimeOffset Seen, JobFamily Family)>
    {
        public static OldestFirst Instance { get; } = new();

        public int Compare((DateTimeOffset Seen, JobFamily Family) x, (DateTimeOffset Seen, JobFamily Family) y)
        {
            if (x.Seen != y.Seen) return x.Seen.CompareTo(y.Seen);
            var byUser = string.CompareOrdinal(x.Family.User, y.Family.User);
            if (byUser != 0) return byUser;
            var byProject = string.CompareOrdinal(x.Family.Project, y.Family.Project);
            return byProject != 0 ? byProject : string.CompareOrdinal(x.Family.Name, y.Family.Name);
        }
    }
}
