using GpuScheduler.Protos;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Logs;
using GpuScheduler.Worker.Stores;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Session;

/// <summary>Gives each message of the scheduler to whom it concerns. Nothing here waits, so the order of messages is kept.</summary>
internal sealed partial class OrderDesk(StoreWork work, ILoggerFactory logging, LogReadings logs)
{
    private readonly ILogger<OrderDesk> _logger = logging.CreateLogger<OrderDesk>();

    /// <summary>An order that can't be carried out takes nothing else with it, the session neither.</summary>
    public void Take(ConnectResponse message)
    {
        try
        {
            work.Mark.Heard(message.Commit);
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
                work.Mark.Given(message.Dispatch.JobId);
                work.Attempts.Start(message.Dispatch);
                break;
            case ConnectResponse.MessageOneofCase.Stop:
                work.Attempts.Stop(message.Stop);
                break;
            case ConnectResponse.MessageOneofCase.CheckpointNow:
                work.Attempts.RequestCheckpoint(message.CheckpointNow);
                break;
            case ConnectResponse.MessageOneofCase.ReportAck:
                work.Acknowledge(message.ReportAck.Sequence);
                break;
            case ConnectResponse.MessageOneofCase.LeaseRenewal:
                work.Lease.Renew(WireSpan.From(message.LeaseRenewal.Lease) ?? TimeSpan.Zero);
                work.Mark.Keep();
                break;
            case ConnectResponse.MessageOneofCase.ReadLog:
                logs.Start(message.ReadLog);
                break;
            case ConnectResponse.MessageOneofCase.StopLog:
                logs.Stop(message.StopLog.RequestId);
                break;
            case ConnectResponse.MessageOneofCase.EndedJobs:
                work.Checkpoints.Take(message.EndedJobs);
                break;
            case ConnectResponse.MessageOneofCase.OtherStore:
            case ConnectResponse.MessageOneofCase.Welcome:
            case ConnectResponse.MessageOneofCase.None:
                // A newer scheduler may say things that this version doesn't know: they concern later versions.
                LogIgnored(message.MessageCase);
                break;
        }
    }
}
