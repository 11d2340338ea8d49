using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Views;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Host.Pools;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc;

/// <summary>Jobs as clients see them, with the models of their devices.</summary>
public sealed class WireJobs(DeviceModels models)
{
    /// <summary>With their attempts.</summary>
    public async Task<IReadOnlyList<Wire.Job>> InFull(IEnumerable<FoundJob> jobs)
    {
        var wire = await Of(jobs);
        foreach (var job in wire) JobFit.NoteOlder(job);
        return wire;
    }

    /// <summary>As lists have them.</summary>
    public async Task<IReadOnlyList<Wire.Job>> Of(IEnumerable<FoundJob> jobs)
    {
        var wire = new List<Wire.Job>();
        foreach (var job in jobs) wire.Add(await Of(job.View, job.Attempts));
        return wire;
    }

    public async Task<IReadOnlyList<Wire.Job>> Of(IEnumerable<JobView> jobs)
    {
        var wire = new List<Wire.Job>();
        foreach (var job in jobs) wire.Add(await Of(job, []));
        return wire;
    }

    public Wire.ExplainJobResponse Of(JobExplanation explained) => new()
    {
        Id = explained.Job.Id.ToString(),
        State = EnumMapper.ToWire(explained.Job.State),
        Reasons = { explained.Lines.Select(Line) },
        Forecast = explained.Forecast is { } forecast ? ForecastMapper.ToWire(forecast) : null,
        Scores = { ScoreMapper.ToWire(explained.Choice) },
        Deadline = explained.Job.Spec.Deadline?.ToTimestamp(),
        Acts = { explained.Job.Acts.Select(ActMapper.ToWire) },
    };

    /// <summary>An ended job explains itself by how it ended.</summary>
    public Wire.ExplainJobResponse OfEnded(StoredJob stored) => new()
    {
        Id = stored.Job.Id.ToString(),
        State = EnumMapper.ToWire(stored.Job.State),
        Reasons = { PoolEngine.ExplainEnded(stored).Select(Line) },
        Deadline = stored.Job.Spec.Deadline?.ToTimestamp(),
        Acts = { stored.Job.Acts.Select(ActMapper.ToWire) },
    };

    private static Wire.Explanation Line(Explanation line) =>
        new() { Reason = line.Reason.ToString(), Count = line.Count, Text = line.Text };

    private async Task<Wire.Job> Of(JobView view, IReadOnlyList<AttemptView> attempts) => JobFit.Fit(
        JobMapper.ToWire(view, attempts, await models.Of([.. view.Attempt?.Allocation.AllDevices().Select(device => device.Uuid) ?? []])));
}
