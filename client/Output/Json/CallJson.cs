using System.Text.Json.Serialization;

namespace GpuScheduler.Client.Output.Json;

/// <summary>What <c>submit --json</c> prints, one object a submission.</summary>
internal sealed record SubmittedJson(
    string Id, string Tier, bool TierDerived, string? TierReason, string? MayBeStopped, IReadOnlyList<string> Warnings, int ElementCount);

internal sealed record SubmissionsJson(IReadOnlyList<SubmittedJson> Jobs);

/// <summary>What a call did to each job.</summary>
internal sealed record OutcomeJson(string Id, bool Changed, string? Message);

internal sealed record OutcomesJson(IReadOnlyList<OutcomeJson> Outcomes)
{
    /// <summary>Further jobs that were changed, too many to name; left out where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ChangedLeftOut { get; init; }

    /// <summary>The same of jobs that were not changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UnchangedLeftOut { get; init; }
}

internal sealed record ReasonJson(string Reason, int Count, string Text);

/// <summary>What <c>explain</c> prints. <c>Eta</c> to <c>WouldStartIf</c> are for jobs that wait.</summary>
internal sealed record ExplainJson(
    string Id, string State, IReadOnlyList<ReasonJson> Reasons, DateTime? Eta, string? EtaBasis,
    IReadOnlyList<BlockerJson> BlockedBy, IReadOnlyList<StartChangeJson> WouldStartIf)
{
    /// <summary>For a job that holds devices: its place, and the next best.</summary>
    public IReadOnlyList<PlaceScoreJson> Scores { get; init; } = [];

    /// <summary>The array of which it explains one element; null: the job is no array.</summary>
    public ArrayJson? Array { get; init; }

    /// <summary>When the job must have ended.</summary>
    public DateTime? Deadline { get; init; }

    /// <summary>What people did to it, oldest first.</summary>
    public IReadOnlyList<ActJson> Acts { get; init; } = [];
}

/// <param name="Card">Of a part of a card: which card, and how it stood; null: whole cards.</param>
internal sealed record PlaceScoreJson(
    string Node, string Model, string? Card, bool Chosen, double Total, IReadOnlyList<ScorePartJson> Parts);

internal sealed record ScorePartJson(string Name, double Points, int Weight);

internal sealed record BlockerJson(string Id, string Text);

internal sealed record StartChangeJson(string Change, bool StartsNow, string Text);

/// <summary>What <c>reload</c> did: sections of pool.yaml that differ from what was in force.</summary>
internal sealed record ReloadJson(string File, IReadOnlyList<string> Changed, IReadOnlyList<string> Warnings);
