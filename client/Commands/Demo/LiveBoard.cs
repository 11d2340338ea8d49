using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GpuScheduler.Client.Commands.Demo;

/// <summary>The queue redrawn in place, with what happened below it.</summary>
internal sealed class LiveBoard(Call call, LiveDisplayContext live) : IDemoBoard
{
    private const int Remembered = 6;

    private readonly List<string> events = [];
    private IReadOnlyList<Job> jobs = [];

    public static Task RunAsync(Call call, Func<IDemoBoard, Task> story) =>
        AnsiConsole.Live(new Text("")).StartAsync(live => story(new LiveBoard(call, live)));

    public void Show(IReadOnlyList<Job> jobs)
    {
        this.jobs = jobs;
        Draw();
    }

    public void Say(string text)
    {
        events.Add(text);
        Draw();
    }

    private void Draw()
    {
        var rows = DemoTable.Lines(jobs, call.Context.Time.GetUtcNow(), call.Context.Console.Width - 1);
        IEnumerable<IRenderable> parts =
        [
            .. rows.Select((row, index) => new Text(row, index == 0 ? Style.Plain : StyleOf(jobs[index - 1]))),
            new Text(""),
            .. events.TakeLast(Remembered).Select(text => new Text("• " + text, new Style(Color.Yellow))),
        ];
        live.UpdateTarget(new Rows(parts));
    }

    private static Style StyleOf(Job job) => Colors.Of(job.State) switch
    {
        32 => new Style(Color.Green),
        31 => new Style(Color.Red),
        _ => Style.Plain,
    };
}
