using System.Threading.Channels;
using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Nodes;

namespace GpuScheduler.Host.Workers;

/// <summary>
/// Takes a worker's reports to its node in order, as many at once as came in while the last lot became durable. Full means that
/// the stream is read no further until there is room: the transport then holds the worker back.
/// </summary>
internal sealed class ReportPump(INodeGrain node, string session)
{
    private const int MostAtOnce = 500;

    private readonly Channel<PoolInput> _reports = Channel.CreateBounded<PoolInput>(2 * MostAtOnce);

    public ValueTask Add(PoolInput.Reported report, CancellationToken cancellationToken) =>
        _reports.Writer.WriteAsync(report, cancellationToken);

    public async Task Run(CancellationToken cancellationToken)
    {
        while (await _reports.Reader.WaitToReadAsync(cancellationToken))
        {
            var lot = new List<PoolInput>();
            while (lot.Count < MostAtOnce && _reports.Reader.TryRead(out var report)) lot.Add(report);
            await node.Report(session, new PoolCall([.. lot]));
        }
    }
}
