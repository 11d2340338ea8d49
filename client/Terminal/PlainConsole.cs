namespace GpuScheduler.Client.Terminal;

/// <summary>A console whose text can't command the terminal, wherever the text is from. A job's own output passes as it is.</summary>
internal sealed class PlainConsole(IConsoleStreams inner) : IConsoleStreams
{
    private readonly Lazy<TextWriter> output = new(() => new PlainWriter(inner.Out));
    private readonly Lazy<TextWriter> error = new(() => new PlainWriter(inner.Error));

    public TextReader In => inner.In;

    public Stream InBytes => inner.InBytes;

    public TextWriter Out => output.Value;

    public TextWriter Error => error.Value;

    public TextWriter Canvas => inner.Canvas;

    public Stream OutBytes => inner.OutBytes;

    public bool InIsTerminal => inner.InIsTerminal;

    public bool OutIsTerminal => inner.OutIsTerminal;

    public CancellationToken OutClosed => inner.OutClosed;

    public bool ErrorIsTerminal => inner.ErrorIsTerminal;

    public int Width => inner.Width;
}
