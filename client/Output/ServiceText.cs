using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>What was drained or put back.</summary>
/// <param name="Node">Its machine.</param>
/// <param name="Cards">The card, or the parts that it is cut into; empty: the whole machine.</param>
internal sealed record ServicedTarget(Node Node, IReadOnlyList<Device> Cards);

/// <summary>What became of a machine or card that an administrator drained or put back.</summary>
internal static class ServiceText
{
    public static IEnumerable<string> Lines(ServicedTarget served, string target)
    {
        if (served.Cards.Count > 0) return served.Cards.Select(card => $"{served.Node.Name}/{card.Uuid}: {OfCard(card)}");
        // The card is gone, or the scheduler is too old to say which it was.
        return [target.Contains('/', StringComparison.Ordinal) ? $"{target}: done" : $"{target}: {OfNode(served.Node)}"];
    }

    private static string OfCard(Device card)
    {
        var name = $"card {card.Index}, {CardNames.Of(card)}";
        if (card.State != DeviceState.Cordoned) return $"{name}: in service";
        return card.Jobs.Count == 0
            ? $"{name}: drained, no job has it"
            : $"{name}: draining, still held by {Jobs(card.Jobs.Count)} ({string.Join(", ", card.Jobs)})";
    }

    private static string OfNode(Node node) =>
        node.Jobs.Count == 0 ? $"{EnumNames.Of(node.State)}" : $"{EnumNames.Of(node.State)}, {Jobs(node.Jobs.Count)} there";

    private static string Jobs(int count) => count == 1 ? "1 job" : $"{count} jobs";
}
