using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>When a waiting job will start, as far as can be told, and what would make it start now.</summary>
/// <param name="Eta">When it starts if no more important job comes and all run up to their time limits; null: it can't be told.</param>
/// <param name="Basis">What <paramref name="Eta"/> rests on, or why there is none. Never empty.</param>
/// <param name="BlockedBy">Who holds what it needs, or is ahead of it; the first to make room first.</param>
/// <param name="WouldStartIf">The cheapest changes found with which the engine starts it at once.</param>
public sealed record StartForecast(
    DateTimeOffset? Eta, string Basis, IReadOnlyList<Blocker> BlockedBy, IReadOnlyList<StartChange> WouldStartIf);

/// <summary>A job in the way.</summary>
/// <param name="Job">Which.</param>
/// <param name="Text">What it holds and until when, or why it is ahead.</param>
public sealed record Blocker(JobId Job, string Text);

/// <summary>A change of the request.</summary>
/// <param name="Change">As the user would write it, such as <c>--gpus RTX4090:1</c>.</param>
/// <param name="StartsNow">The engine was asked, and started it at once.</param>
/// <param name="Text">Where it would run.</param>
public sealed record StartChange(string Change, bool StartsNow, string Text);
