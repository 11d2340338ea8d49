using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Everything about one job, or about each element of a small array.</summary>
internal sealed class ShowCommand : ServerCommand
{
    /// <summary>Elements of an array that are shown in full; of a larger one a summary and its first elements say more.</summary>
    private const int MostInFull = 10;

    private const int MostElements = 1_000_000;

    private readonly Option<string?> output = OutputFlag.Create();

    public ShowCommand()
        : base("show", "everything about one job, with its attempts") => Add(output);

    public override string Usage => "[FLAGS] ID";

    public override bool EndsWithItsReader => true;

    public override string WordName => "ID";

    public override string Notes => """
        Of an array with more than 10 elements: how many are in which state, and the
        first ones. JSON and quiet output have all elements, printed as they come. Of a
        job with thousands of attempts the newest 500; 'logs --attempt N' reads any.
        """;

    public override int MaximumWords => 1;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var format = OutputFlag.Read(call, output);
        var request = new GetJobRequest { Id = call.Words[0], Elements = MostInFull };
        var answer = await connection.CallAsync(options => connection.Jobs.GetJobAsync(request, options), cancellationToken);
        if (format != OutputFormat.Table)
            await JobPrinter.Create(call, format).PrintAsync(AllAsync(call, connection, answer, cancellationToken));
        else if (answer.Array is { Elements: > MostInFull } array)
            PrintArray(call, array, answer.Jobs);
        else
            PrintDetails(call, answer.Jobs);

        return ExitCode.Success;
    }

    /// <summary>Programs get every element.</summary>
    private static IAsyncEnumerable<Page<Job>> AllAsync(
        Call call, SchedulerConnection connection, GetJobResponse answer, CancellationToken cancellationToken)
    {
        if (answer.Array is not { } array || array.Elements <= answer.Jobs.Count)
            return new[] { new Page<Job>(answer.Jobs, IsLast: true) }.ToAsyncEnumerable();

        var request = new ListJobsRequest { Ids = { call.Words[0] }, IncludeEnded = true, Limit = MostElements };
        return Pages.JobsAsync(connection, request, cancellationToken);
    }

    private static void PrintArray(Call call, ArraySummary array, IReadOnlyList<Job> first)
    {
        var id = call.Words[0];
        call.Out.WriteLine(ArrayText.Of(id, array));
        foreach (var line in ArrayText.Groups(array, call.Context.Moments))
            call.Out.WriteLine(line);

        foreach (var line in JobTable.Lines(first, call.Context.Time.GetUtcNow(), call.Context.Console.Width, call.Context.UseColor))
            call.Out.WriteLine(line);

        call.Out.WriteLine($"one in full: 'gpusched show {first[0].Id}'; all in a list: 'gpusched queue --jobs {id}'");
    }

    private static void PrintDetails(Call call, IReadOnlyList<Job> jobs)
    {
        var (now, moments, width) = (call.Context.Time.GetUtcNow(), call.Context.Moments, call.Context.Console.Width);
        call.Out.WriteLine(string.Join("\n\n", jobs.Select(job => JobDetails.Text(job, now, moments, width))));
    }
}
