using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>Why the first job of a lane waits.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Text">For people, with figures.</param>
internal sealed record LaneVerdict(Reason Reason, string Text)
{
    /// <summary>It is about the first job's own length, which others of the lane need not share.</summary>
    public bool OfFirstAlone { get; init; }

    /// <summary>True when it holds for every job of the lane, whichever is first.</summary>
    public bool HoldsForAll => !OfFirstAlone && Reason is Reason.BadConstraints or Reason.ReqNodeNotAvail or Reason.TierSpillDelay;
}
