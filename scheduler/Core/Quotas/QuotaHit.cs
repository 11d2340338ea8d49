using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Quotas;

/// <summary>The limit that keeps jobs from starting.</summary>
/// <param name="Tally">Whose.</param>
/// <param name="Reason">Slurm's name of it.</param>
/// <param name="Text">The limit and the use, for people.</param>
internal sealed record QuotaHit(Tally Tally, Reason Reason, string Text);

/// <summary>Jobs that a limit keeps waiting.</summary>
internal interface IQuotaWaiter
{
    /// <summary>Something under the limit has ended, or the limit is another one.</summary>
    void TryAgain();
}
