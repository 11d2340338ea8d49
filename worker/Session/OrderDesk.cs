using GpuScheduler.Protos;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Logs;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Session;

/// <summary>Gives each message of the scheduler to whom it concerns. Nothing here waits, so the order of messages is kept.</summary>
internal sealed partial class OrderDesk(SessionServices services, LogReadings logs)
{
    private readonly ILogger<OrderDesk> _logger = services.Logging.CreateLogger<OrderDesk>();

    /// <summary>An order that can't be carried out takes nothing else with it, the session neither.</summary>
    public void Take(ConnectResponse message)
    {
        try
        {
            Give(message);
        }
        catch (Exception error)
        {
            LogFailed(error, message.MessageCase);
        }
    }

    private void Give(ConnectResponse message)
    {
        switch (message.MessageCase)
        {
            case ConnectResponse.MessageOneofCase.Dispatch:
                if (message.Dispatch.Spec is { } spec)
                    RawSpec.Open(spec);
                services.Attempts.Start(message.Dispatch);
                break;
            case ConnectResponse.MessageOneofCase.Stop:
                services.Attempts.Stop(message.Stop);
                break;
            case ConnectResponse.MessageOneofCase.CheckpointNow:
                services.Attempts.RequestCheckpoint(message.CheckpointNow);
                break;
            case ConnectResponse.MessageOneofCase.ReportAck:
                services.Outbox.Acknowledge(message.ReportAck.Sequence);
                break;
            case ConnectResponse.MessageOneofCase.LeaseRenewal:
                services.Lease.Renew(WireSpan.From(message.LeaseRenewal.Lease) ?? TimeSpan.Zero);
                break;
            case ConnectResponse.MessageOneofCase.ReadLog:
                logs.Start(message.ReadLog);
                break;
            case ConnectResponse.MessageOneofCase.StopLog:
                logs.Stop(message.StopLog.RequestId);
                break;
            case ConnectResponse.MessageOneofCase.EndedJobs:
                services.Checkpoints.Take(message.EndedJobs);
                break;
            case ConnectResponse.MessageOneofCase.Welcome:
            case ConnectResponse.MessageOneofCase.None:
                // A newer scheduler may say things that this version doesn't know: they concern later versions.
                LogIgnored(message.MessageCase);
                break;
        }
    }
}
