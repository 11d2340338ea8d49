using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Reports;
using GpuScheduler.Worker.Tests.Fixture;
using Microsoft.Extensions.Logging.Abstractions;

namespace GpuScheduler.Worker.Tests.Reports;

public sealed class OutboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reports_survive_the_agent_in_order_and_numbers_go_on()
    {
        await using (var outbox = Open())
        {
            for (var attempt = 1; attempt <= 5; attempt++)
                await outbox.AppendAsync(Report(attempt));
        }

        await using var later = Open();
        await later.AppendAsync(Report(6));
        var kept = await later.TakeAfterAsync(0, CancellationToken.None);

        Assert.Equal([1, 2, 3, 4, 5, 6], kept.Select(report => (int)report.Sequence));
        Assert.Equal([1, 2, 3, 4, 5, 6], kept.Select(report => report.Attempt));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public async Task A_torn_last_report_takes_no_other_with_it(int missing)
    {
        await using (var outbox = Open())
        {
            await outbox.AppendAsync(Report(1));
            await outbox.AppendAsync(Report(2));
        }

        var file = Directory.GetFiles(_folder.Path).Single();
        using (var cut = File.OpenWrite(file))
            cut.SetLength(cut.Length - missing);
        await using var later = Open();
        await later.AppendAsync(Report(3));

        Assert.Equal([1, 3], (await later.TakeAfterAsync(0, CancellationToken.None)).Select(report => report.Attempt));
        Assert.Equal([1L, 2L], (await later.TakeAfterAsync(0, CancellationToken.None)).Select(report => report.Sequence));
    }

    [Fact]
    public async Task Acknowledged_reports_are_dropped_and_files_do_not_grow_for_ever()
    {
        await using var outbox = Open();
        for (var attempt = 1; attempt <= 3000; attempt++)
            _ = outbox.AppendAsync(Report(attempt));
        await outbox.AppendAsync(Report(3001));

        outbox.Acknowledge(3001);

        Assert.Empty(outbox.UnacknowledgedEnds);
        Assert.Equal(0, Directory.GetFiles(_folder.Path).Sum(file => new FileInfo(file).Length));
    }

    [Fact]
    public async Task A_fresh_directory_goes_on_above_what_the_scheduler_remembers()
    {
        await using var outbox = Open();

        outbox.Acknowledge(500);
        await outbox.AppendAsync(Report(1));

        Assert.Equal([501L], (await outbox.TakeAfterAsync(500, CancellationToken.None)).Select(report => report.Sequence));
    }

    private static Report Report(int attempt) =>
        new()
        {
            JobId = "12", Attempt = attempt, Ended = new() { Cause = EndCause.Exited, ExitCode = 0, Message = "a message of some length" },
        };

    private Outbox Open() => new(_folder.Path, TimeProvider.System, NullLogger<Outbox>.Instance);
}
