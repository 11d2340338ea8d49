using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Common.Text;
using GpuScheduler.Protos.V1;
using Spectre.Console;

namespace GpuScheduler.Client.Commands;

/// <summary>The queue redrawn in place on a terminal: with each change, and each second as times go on.</summary>
internal sealed class QueueScreen(Call call, LiveDisplayContext live) : IQueueBoard
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock drawing = new();
    private readonly SortedDictionary<string, Job> jobs = new(JobIdOrder.Instance);
    private string remark = "";

    /// <summary>Runs a story on a screen of its own, redrawn until the story is over.</summary>
    public static async Task<int> RunAsync(Call call, Func<IQueueBoard, Task<int>> story) =>
        await Terminal(call).Live(new Text("")).StartAsync(async live =>
        {
            var screen = new QueueScreen(call, live);
            await using var clock = call.Context.Time.CreateTimer(_ => screen.Show(), null, Second, Second);
            return await story(screen);
        });

    public void Take(Job job, bool wanted)
    {
        lock (drawing)
        {
            if (wanted) jobs[job.Id] = job;
            else jobs.Remove(job.Id);
        }
    }

    public void Show()
    {
        lock (drawing)
        {
            live.UpdateTarget(new Text(Table_NeedsLock() + remark));
        }
    }

    /// <summary>Below the table: standard error is the same terminal, and a line there would break the picture.</summary>
    public void Remark(string text)
    {
        lock (drawing)
        {
            remark = $"\ngpusched: {PlainText.OneLine(text)}";
        }

        Show();
    }

    private string Table_NeedsLock() => jobs.Count == 0
        ? JobTable.Empty
        : string.Join('\n', JobTable.Lines(jobs.Values, call.Context.Time.GetUtcNow(), call.Context.Console.Width - 1, color: false));

    private static IAnsiConsole Terminal(Call call)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(call.Context.Console.Canvas),
            Ansi = call.Context.Variable("TERM") == "dumb" ? AnsiSupport.No : AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
        });
        console.Profile.Width = call.Context.Console.Width;
        return console;
    }
}
