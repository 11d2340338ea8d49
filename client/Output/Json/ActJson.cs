using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output.Json;

/// <summary>What a person did to a job, a machine or a card.</summary>
/// <param name="Kind">cancelled, held, released, requeued, drained or resumed.</param>
/// <param name="User">Null: the caller did not say.</param>
/// <param name="Time">When the scheduler took it.</param>
/// <param name="Card">The card, where it was one card of a machine.</param>
/// <param name="Reason">The reason given.</param>
internal sealed record ActJson(string Kind, string? User, DateTime? Time, string? Card, string? Reason)
{
    public static ActJson From(Act act) =>
        new(ActLines.Verb(act.Kind), OrNull(act.User), act.Time?.ToDateTime(), OrNull(act.CardUuid), OrNull(act.Reason));

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}
