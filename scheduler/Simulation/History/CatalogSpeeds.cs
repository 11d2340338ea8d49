using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Simulation.History;

/// <summary>A first guess of how fast a job runs on a card that it has never seen: by the catalog's throughput, FP16 with tensor cores
/// for training, FP32 for everything else, relative to an A100. Without differences every card has speed 1.</summary>
internal sealed class CatalogSpeeds
{
    private const string Reference = "A100";
    private const string Training = "training";

    /// <summary>Every card has speed 1.</summary>
    public static readonly IReadOnlyDictionary<string, double> Equal = new Dictionary<string, double>();

    private readonly IReadOnlyDictionary<string, double> training;
    private readonly IReadOnlyDictionary<string, double> others;
    private readonly Dictionary<string, string> models;

    /// <param name="differ">False: every card is as fast as every other.</param>
    /// <param name="nodes">Whose cards they are that jobs ran on.</param>
    public CatalogSpeeds(bool differ, IEnumerable<Node> nodes)
    {
        training = differ ? Table(model => model.Fp16 ?? model.Fp32) : Equal;
        others = differ ? Table(model => model.Fp32) : Equal;
        models = nodes.SelectMany(node => node.Devices).ToDictionary(
            card => card.Uuid, card => DeviceCatalog.KeyOf(card.Model), StringComparer.Ordinal);
    }

    /// <summary>By catalog key.</summary>
    public IReadOnlyDictionary<string, double> Of(JobSpec spec) =>
        spec.Request.Gpu is null ? Equal : spec.Tier == Training ? training : others;

    /// <summary>Speed where a job ran last; 1 where it is not known.</summary>
    public double Where(StoredJob job) => job.Attempts.Count == 0 ? 1 : job.Attempts[^1].Allocation.AllDevices()
        .Select(card => models.TryGetValue(card.Uuid, out var model) ? Of(job.Job.Spec).GetValueOrDefault(model, 1) : 1)
        .DefaultIfEmpty(1)
        .Min();

    private static Dictionary<string, double> Table(Func<DeviceModel, double?> throughput)
    {
        var known = DeviceCatalog.BuiltIn.Models.GroupBy(model => model.Key).ToDictionary(
            forms => forms.Key, forms => throughput(forms.First()));
        return known.Where(model => model.Value > 0).ToDictionary(
            model => model.Key, model => model.Value!.Value / known[Reference]!.Value);
    }
}
