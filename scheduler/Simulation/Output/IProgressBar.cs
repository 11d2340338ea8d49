namespace GpuScheduler.Simulation.Output;

/// <summary>Tells people how far a long replay is.</summary>
internal interface IProgressBar
{
    void Show(int done, int total);

    void Clear();
}

/// <summary>Where there is no terminal.</summary>
internal sealed class NoProgress : IProgressBar
{
    public void Show(int done, int total)
    {
    }

    public void Clear()
    {
    }
}

/// <summary>One line that is written over, whenever another percent is done.</summary>
internal sealed class ProgressLine(TextWriter terminal) : IProgressBar
{
    private const int Width = 40;

    private int shown = -1;

    public void Show(int done, int total)
    {
        var percent = total == 0 ? 100 : (int)(100L * done / total);
        if (percent == shown)
            return;

        shown = percent;
        var full = percent * Width / 100;
        terminal.Write($"\r[{new string('#', full)}{new string('.', Width - full)}] {percent,3} %");
        terminal.Flush();
    }

    public void Clear() => terminal.Write($"\r{new string(' ', Width + 10)}\r");
}
