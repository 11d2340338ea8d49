using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Output.Json;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Says why a job is where it is.</summary>
internal sealed class ExplainCommand : ServerCommand
{
    private readonly Option<string?> output = OutputFlag.Create();

    public ExplainCommand()
        : base("explain", "why a job waits, or what it got") => Add(output);

    public override string Usage => "[FLAGS] ID";

    public override bool EndsWithItsReader => true;

    public override string WordName => "ID";

    public override int MaximumWords => 1;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var request = new ExplainJobRequest { Id = call.Words[0] };
        var answer = await connection.CallAsync(options => connection.Jobs.ExplainJobAsync(request, options), cancellationToken);
        call.Out.WriteLine(OutputFlag.Read(call, output) switch
        {
            OutputFormat.Json => Json(answer),
            OutputFormat.Quiet => string.Join('\n', answer.Reasons.Select(reason => reason.Reason)),
            _ => ExplainText.Of(answer, call.Context.Moments),
        });
        return ExitCode.Success;
    }

    private static string Json(ExplainJobResponse answer) => JsonText.Of(new ExplainJson(
        answer.Id,
        JobStates.Name(answer.State),
        [.. answer.Reasons.Select(reason => new ReasonJson(reason.Reason, reason.Count, reason.Text))],
        answer.Forecast?.Eta?.ToDateTime(),
        answer.Forecast?.Basis,
        [.. (answer.Forecast?.BlockedBy ?? []).Select(blocker => new BlockerJson(blocker.Id, blocker.Text))],
        [.. (answer.Forecast?.WouldStartIf ?? []).Select(change => new StartChangeJson(change.Change, change.StartsNow, change.Text))])
    {
        Array = answer.Array is { } array ? ArrayJson.From(array) : null,
        Deadline = answer.Deadline?.ToDateTime(),
        Acts = [.. answer.Acts.Select(ActJson.From)],
        Scores = [.. answer.Scores.Select(place => new PlaceScoreJson(
            place.Node, place.Model, place.Card.Length > 0 ? place.Card : null, place.Chosen, place.Total,
            [.. place.Parts.Select(part => new ScorePartJson(part.Name, part.Points, part.Weight))]))],
    });
}
