using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>What tests say and wait for most.</summary>
internal static class ConversationExtensions
{
    public static Task DispatchAsync(this Conversation talk, Dispatch dispatch) => talk.SayAsync(new() { Dispatch = dispatch });

    public static Task StopAsync(
        this Conversation talk, string job, int attempt, TimeSpan grace, EndCause cause = EndCause.Cancelled,
        bool checkpointFirst = false) =>
        talk.SayAsync(new()
        {
            Stop = new()
            {
                JobId = job, Attempt = attempt, Cause = cause, Grace = Duration.FromTimeSpan(grace), CheckpointFirst = checkpointFirst,
            },
        });

    public static Task<AttemptStarted> StartOfAsync(this Conversation talk, Dispatch dispatch) =>
        talk.FirstAsync(_ => talk.Of(dispatch).FirstOrDefault(report => report.Started is not null)?.Started, $"start of {dispatch.JobId}");

    public static Task<AttemptEnded> EndOfAsync(this Conversation talk, Dispatch dispatch) =>
        talk.FirstAsync(_ => talk.Of(dispatch).FirstOrDefault(report => report.Ended is not null)?.Ended, $"end of {dispatch.JobId}");

    public static Task<Checkpoint> CheckpointOfAsync(this Conversation talk, Dispatch dispatch, long step) => talk.FirstAsync(
        _ =>
            talk.Of(dispatch).FirstOrDefault(report => report.Checkpoint?.Step == step)?.Checkpoint,
            $"checkpoint {step} of {dispatch.JobId}");

    public static IReadOnlyList<Report> Of(this Conversation talk, Dispatch dispatch) =>
        [.. talk.Reports.Where(report => report.JobId == dispatch.JobId && report.Attempt == dispatch.Attempt)];

    /// <summary>Attempts that started and haven't ended, as far as was reported.</summary>
    public static IReadOnlyList<(string Job, int Attempt)> Live(this Conversation talk) =>
    [
        .. talk.Reports.Where(report => report.Started is not null).Select(report => (report.JobId, report.Attempt))
            .Except(talk.Reports.Where(report => report.Ended is not null).Select(report => (report.JobId, report.Attempt))),
    ];
}
