using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>
/// Whether a job may start on a node although others are promised room there, where parts of cards are involved: a count of cards doesn't
/// tell then. All promises of the node are foretold once more, as they will be after the start, by the code that renews them.
/// </summary>
internal sealed class Beside(Renewal renewal)
{
    private readonly List<Claim> _before = [];

    /// <summary>True when a count of cards is not enough.</summary>
    public static bool Counts(NodeSlot slot, Claim claim) =>
        claim.Share is not null || slot.Stakes.Exists(stake => stake.Claim.Share is not null);

    /// <summary>False when somebody's promise would come true later.</summary>
    /// <param name="slot">The node.</param>
    /// <param name="claim">What the job would take there, of a part the very card.</param>
    /// <param name="asker">The job.</param>
    /// <param name="run">When it will have ended there.</param>
    /// <param name="borrows">It has its cards on loan.</param>
    /// <param name="now">The present.</param>
    public bool Allows(NodeSlot slot, Claim claim, Job asker, RunEnd run, bool borrows, DateTimeOffset now)
    {
        if (claim is { Share: null, Cards: { } cards } && Islands.CountOpen(cards, asker.Spec.Request) < claim.Count) return false;
        _before.Clear();
        foreach (var stake in slot.Stakes)
        {
            if (stake.Promise.Job == asker) continue;
            var isGone = run.IsBefore(stake.Promise);
            var forecast = renewal.ForecastOf(stake, isGone ? _before : _before.Append(claim), now);
            var isKept = forecast is { } then && !stake.IsLater(then, now);
            if (!isKept && !isGone && !stake.IsLent(claim, borrows)) return false;
            _before.Add(stake.Claim with { Part = forecast?.Part ?? stake.Claim.Part });
        }

        return true;
    }
}
