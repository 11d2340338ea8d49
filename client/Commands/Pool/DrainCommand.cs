using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Submission;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Protos.V1;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace GpuScheduler.Client.Commands;

/// <summary>Takes machines or single cards out of service without losing work.</summary>
internal sealed class DrainCommand : ServiceCommand
{
    private readonly Option<string?> reason = Flags.Text("--reason", "TEXT", "shown by 'nodes', 'gpus' and 'explain'");
    private readonly Option<string?> deadline = Flags.Text(
        "--deadline", "TIME", "save and stop what still runs then: 30m, 18:00, now+2hours (default: let it finish)");

    public DrainCommand()
        : base("drain", "take machines or cards out of service")
    {
        Add(reason);
        Add(deadline);
    }

    protected override async Task<ServicedTarget> ServeAsync(
        Call call, SchedulerConnection connection, string target, CancellationToken cancellationToken)
    {
        var request = new DrainNodeRequest
        {
            Target = target, Reason = call.Flags.GetValue(reason) ?? "", User = call.Context.UserName,
        };
        if (call.Flags.GetValue(deadline) is { } text)
            SetDeadline(request, text, call.Context);

        var answer = await connection.CallAsync(options => connection.Pools.DrainNodeAsync(request, options), cancellationToken);
        return new(answer.Node, answer.Devices);
    }

    /// <summary>A moment goes to the scheduler as written: it alone reads those, here as for 'submit --deadline'.</summary>
    private static void SetDeadline(DrainNodeRequest request, string text, ClientContext context)
    {
        if (DurationText.TryParse(text, out var span))
            request.Deadline = Duration.FromTimeSpan(span);
        else
        {
            (request.DeadlineTime, request.UtcOffsetMinutes) = (text, SubmitterClock.OffsetMinutes(context));
            request.ClockChanges.AddRange(SubmitterClock.Changes(context));
        }
    }
}
