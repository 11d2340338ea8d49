using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>
/// Families of which something was learned that may put their waiting jobs into other lines: an account's lines are walked from their
/// fronts, some jobs in each step, for there may be a million. What comes meanwhile is lined up by what is known by then.
/// </summary>
internal sealed class FamilySweep
{
    /// <summary>Jobs that a step looks at, of all families together: a quarter of a millisecond.</summary>
    public const int MostLooks = 256;

    /// <summary>Jobs that a step lines up anew: half a millisecond.</summary>
    public const int MostMoves = 64;

    private readonly Queue<Walk> _walks = [];
    private readonly Dictionary<JobFamily, Walk> _byFamily = [];
    private readonly List<Job> _seen = [];

    /// <summary>No job has to be looked at.</summary>
    public bool IsDone => _walks.Count == 0;

    /// <summary>A family's jobs are to be looked at, from the front even if they are being looked at.</summary>
    /// <param name="family">The family.</param>
    /// <param name="band">How long its jobs take now, as a <see cref="TimeBand"/>.</param>
    /// <param name="lines">Its account's, with all that are added later.</param>
    public void Begin(JobFamily family, int band, List<AccountLine> lines)
    {
        if (!_byFamily.TryGetValue(family, out var walk)) _walks.Enqueue(_byFamily[family] = walk = new Walk(family, lines));
        walk.Begin(band);
    }

    /// <summary>Looks at as many as a step may.</summary>
    /// <param name="lineUp">Lines one up by its band; false: it stands where it should.</param>
    public void Advance(Func<Job, int, bool> lineUp)
    {
        for (var (looks, moves) = (MostLooks, MostMoves); looks > 0 && moves > 0 && _walks.TryPeek(out var walk);)
        {
            _seen.Clear();
            if (walk.TryNext(Math.Min(looks, moves), _seen))
            {
                looks -= _seen.Count;
                foreach (var job in _seen) moves -= walk.Family.Teaches(job.Spec) && lineUp(job, walk.Band) ? 1 : 0;
                continue;
            }

            _walks.Dequeue();
            _byFamily.Remove(walk.Family);
        }
    }

    /// <summary>How far a family's jobs have been looked at.</summary>
    private sealed class Walk(JobFamily family, List<AccountLine> lines)
    {
        private int _line;
        private Job? _last;

        public JobFamily Family { get; } = family;

        public int Band { get; private set; }

        public void Begin(int band) => (Band, _line, _last) = (band, 0, null);

        /// <summary>The next few jobs of a line; false: all lines are done.</summary>
        public bool TryNext(int most, List<Job> seen)
        {
            for (; _line < lines.Count; (_line, _last) = (_line + 1, null))
            {
                lines[_line].CopyBehind(_last, most, seen);
                if (seen.Count == 0) continue;
                _last = seen[^1];
                return true;
            }

            return false;
        }
    }
}
