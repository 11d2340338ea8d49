using GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc;

/// <summary>Keeps the message of one machine within a bound: it may have a thousand cards, each shared by a thousand jobs, and thousands
/// of attempts of other stores.</summary>
internal static class NodeFit
{
    private const int Jobs = 10_000;
    private const int JobsOfCard = 10;
    private const int ReasonLength = 100;
    private const int NodeReasonLength = 4_096;
    private const int Cards = 500;

    /// <summary>The same message, at most <see cref="AnswerSize.MostOfOne"/> bytes of it.</summary>
    public static Node Fit(Node node)
    {
        var fitting = new Fitting(node, node.LeftOut, AnswerSize.MostOfOne);
        if (!fitting.IsNeeded) return node;
        fitting.Otherwise("attempts of other stores", () => ForgetAttempts(node))
            .Otherwise("other stores", node.KeptStores.Clear)
            .KeepFirst("jobs", node.Jobs, Jobs)
            .Otherwise("most jobs of each card", () => Each(node, static card => Cut(card)))
            .Otherwise("the ends of reasons", () => ShortenReasons(node))
            .KeepFirst("devices", node.Devices, Cards);
        return node;
    }

    private static void ForgetAttempts(Node node)
    {
        foreach (var store in node.KeptStores) store.Attempts.Clear();
    }

    private static void ShortenReasons(Node node)
    {
        Each(node, static card => card.DrainReason = First(card.DrainReason, ReasonLength));
        node.Reason = First(node.Reason, NodeReasonLength);
    }

    private static void Cut(Device card)
    {
        while (card.Jobs.Count > JobsOfCard) card.Jobs.RemoveAt(card.Jobs.Count - 1);
    }

    private static void Each(Node node, Action<Device> act)
    {
        foreach (var card in node.Devices) act(card);
    }

    private static string First(string text, int length) => text.Length <= length ? text : $"{text.AsSpan(0, length - 1)}…";
}
