namespace GpuScheduler.Simulation.Pools;

/// <summary>
/// A job that is tied to others: elements of one array are submitted together, so that what binds them binds in a replay, too.
/// </summary>
/// <param name="Array">What they have in common.</param>
/// <param name="Index">Its own.</param>
/// <param name="AtOnce">How many of them may run at once; null: all.</param>
/// <param name="SameCard">All on cards of one kind.</param>
internal sealed record ArrayElement(long Array, int Index, int? AtOnce, bool SameCard)
{
    /// <summary>As the flag of a submission says it.</summary>
    public static string Expression(IEnumerable<ArrayElement> elements)
    {
        var all = elements.OrderBy(element => element.Index).ToList();
        return string.Join(',', all.Select(element => element.Index)) + (all[0].AtOnce is { } most ? $"%{most}" : "");
    }
}
