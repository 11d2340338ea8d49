using GpuScheduler.Core.Identity;

namespace GpuScheduler.Grains.Views;

/// <summary>Tells in words what a node's worker keeps for other stores.</summary>
internal static class KeptWords
{
    /// <summary>Behind what else there is to say of the node.</summary>
    public static string Beside(string why, IReadOnlyList<KeptStore> kept) =>
        string.Join("; ", new[] { why, Held(kept), Kept(kept) }.Where(part => part.Length > 0));

    private static string Held(IReadOnlyList<KeptStore> kept)
    {
        List<KeptAttempt> attempts = [.. kept.SelectMany(store => store.Attempts)];
        if (attempts.Count == 0) return "";
        var cards = attempts.SelectMany(attempt => attempt.Devices).Select(device => device.Uuid).Distinct().Count();
        return $"held by another store: {Count(cards, "card")} and {Count(attempts.Sum(attempt => attempt.CpuCores), "core")}, by "
            + $"{Count(attempts.Count, "attempt")} of {string.Join(", ", kept.Where(store => store.Attempts.Count > 0).Select(Name))}";
    }

    private static string Kept(IReadOnlyList<KeptStore> kept)
    {
        List<string> idle = [.. kept.Where(store => store.Attempts.Count == 0).Select(Name)];
        return idle.Count == 0
            ? ""
            : $"keeps the folder of {Count(idle.Count, "other store")} until it is removed by hand: {string.Join(", ", idle)}";
    }

    private static string Name(KeptStore store) =>
        store.Id.Length == 0 ? "one without identity" : $"{store.Id[..Math.Min(8, store.Id.Length)]}-{store.Generation}";

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
