using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Nodes;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Host.Workers;

/// <summary>Handles what a worker says once it is welcome.</summary>
internal sealed class SessionReader(INodeGrain node, WorkerSession session, string nodeName, Duration lease, EndedJobsFinder ended)
{
    public ReportPump Reports { get; } = new(node, session.Id);

    /// <summary>Reads until the worker ends its side.</summary>
    public async Task Read(IAsyncStreamReader<ConnectRequest> requests, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken)) await Handle(requests.Current, cancellationToken);
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
                await Reports.Add(WorkerMapper.Reported(new NodeId(nodeName), message.Report), cancellationToken);
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
            // A message that only a newer worker knows is not for us.
            case ConnectRequest.MessageOneofCase.None:
            case ConnectRequest.MessageOneofCase.Hello:
                break;
        }
    }
}
