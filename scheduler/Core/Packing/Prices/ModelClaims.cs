namespace GpuScheduler.Core.Packing.Prices;

/// <summary>How much of each model's cards belongs, so to speak, to requests that name their models.</summary>
internal sealed class ModelClaims
{
    private readonly Dictionary<string, double> byModel;

    public ModelClaims(WorkloadMix mix, PackingCluster cluster)
    {
        var capacity = cluster.Nodes
            .Where(node => node.GpuFree.Length > 0)
            .GroupBy(node => node.Model)
            .ToDictionary(group => group.Key, group => group.Sum(node => (double)node.GpuFree.Length));
        byModel = capacity.Keys.ToDictionary(model => model, _ => 0.0);
        var scale = capacity.Values.Sum() / mix.Entries.Sum(entry => entry.Share * entry.Request.GpuMilli);
        foreach (var entry in mix.Entries.Where(entry => !entry.Request.Models.AcceptsAny))
            Spread(entry, scale, capacity);
    }

    /// <summary>Demand of requests that name this model, over its cards, by the time that all demand equals all cards:
    /// 0 for none; never above 1, for a card can't be claimed more than wholly.</summary>
    public double On(string model) => Math.Min(1, byModel.GetValueOrDefault(model));

    /// <summary>A request that names several models claims them in proportion to their cards.</summary>
    private void Spread(MixEntry entry, double scale, Dictionary<string, double> capacity)
    {
        string[] models = [.. capacity.Keys.Where(entry.Request.Models.Accepts)];
        var cards = models.Sum(model => capacity[model]);
        foreach (var model in models)
            byModel[model] += scale * entry.Share * entry.Request.GpuMilli / cards;
    }
}
