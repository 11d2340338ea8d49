using System.Text;

namespace GpuScheduler.Client.Terminal;

/// <summary>The process's own standard streams, opened on first use.</summary>
internal sealed class ProcessConsole : IConsoleStreams
{
    /// <summary>Wide enough for every column: a pipe has no edge to fit to.</summary>
    private const int PipeWidth = 200;

    private const int OutDescriptor = 1;

    private readonly Lazy<CancellationToken> outClosed = new(static () => ReaderWatch.Of(OutDescriptor));
    private readonly Lazy<Stream> outBytes = new(Console.OpenStandardOutput);
    private readonly Lazy<TextWriter> output;

    public ProcessConsole() =>
        output = new(() => new StreamWriter(outBytes.Value, new UTF8Encoding(false), 16384) { AutoFlush = !Console.IsOutputRedirected });

    public TextReader In => Console.In;

    public Stream InBytes => Console.OpenStandardInput();

    public TextWriter Out => output.Value;

    public TextWriter Error => Console.Error;

    public TextWriter Canvas => output.Value;

    public Stream OutBytes
    {
        get
        {
            if (output.IsValueCreated)
                output.Value.Flush();

            return outBytes.Value;
        }
    }

    public bool InIsTerminal => !Console.IsInputRedirected;

    public bool OutIsTerminal => !Console.IsOutputRedirected;

    public CancellationToken OutClosed => outClosed.Value;

    public bool ErrorIsTerminal => !Console.IsErrorRedirected;

    public int Width => OutIsTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : PipeWidth;
}
