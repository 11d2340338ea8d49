using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Nodes;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Host.Workers;

/// <summary>Handles what a worker says once it is welcome.</summary>
internal sealed partial class SessionReader(
    INodeGrain node, WorkerSession session, string nodeName, Duration lease, EndedJobsFinder ended, ILogger logger)
{
    /// <summary>Told of one session: a worker that sends nothing else must not fill the log.</summary>
    private const int MostTold = 10;

    private int _told;

    public ReportPump Reports { get; } = new(node, session.Id);

    /// <summary>Reads until the worker ends its side.</summary>
    public async Task Read(IAsyncStreamReader<ConnectRequest> requests, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken)) await Handle(requests.Current, cancellationToken);
    }

    private async Task Report(Report report, CancellationToken cancellationToken)
    {
        await Reports.Add(WorkerMapper.Reported(new NodeId(nodeName), report, out var wrong), cancellationToken);
        if (wrong is not null && _told++ < MostTold) LogPassedOver(nodeName, report.Sequence, wrong);
    }

    private async Task Handle(ConnectRequest message, CancellationToken cancellationToken)
    {
        switch (message.MessageCase)
        {
            case ConnectRequest.MessageOneofCase.Heartbeat:
                if (await node.Heartbeat(session.Id))
                    session.Send(new ConnectResponse { LeaseRenewal = new LeaseRenewal { Lease = lease } });
                break;
            case ConnectRequest.MessageOneofCase.Report:
                await Report(message.Report, cancellationToken);
                break;
            case ConnectRequest.MessageOneofCase.LogChunk:
                await session.Take(message.LogChunk);
                break;
            case ConnectRequest.MessageOneofCase.KeptJobs:
                session.Send(new ConnectResponse { EndedJobs = await ended.Among(message.KeptJobs, cancellationToken) });
                break;
            case ConnectRequest.MessageOneofCase.Telemetry:
                await node.Read(session.Id, [.. message.Telemetry.Devices.Select(DeviceMapper.Reading)]);
                break;
            case ConnectRequest.MessageOneofCase.KeptStores:
                await node.Keep(session.Id, [.. KeptMapper.Kept(message.KeptStores.Stores)]);
                break;
            case ConnectRequest.MessageOneofCase.Leaving:
                await node.Stopping(session.Id);
                break;
            // A message that only a newer worker knows is not for us.
            case ConnectRequest.MessageOneofCase.None:
            case ConnectRequest.MessageOneofCase.Hello:
                break;
        }
    }

    [LoggerMessage(2501, LogLevel.Warning, "Report {Sequence} of node {Node} can't be understood and is passed over: {Fault}")]
    private partial void LogPassedOver(string node, long sequence, Fault fault);
}
