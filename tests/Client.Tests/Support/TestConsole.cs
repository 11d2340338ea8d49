using System.Text;
using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>A console of a chosen width that keeps what it was told.</summary>
internal sealed class TestConsole(int width = 120, string input = "") : IConsoleStreams
{
    public TextReader In { get; } = new StringReader(input);

    public Stream InBytes { get; } = new MemoryStream(Encoding.UTF8.GetBytes(input));

    public TextWriter Out { get; } = new WatchedWriter();

    public TextWriter Error { get; } = new StringWriter { NewLine = "\n" };

    public TextWriter Canvas => Out;

    public Stream OutBytes { get; } = new MemoryStream();

    public bool InIsTerminal => input.Length == 0;

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public CancellationToken OutClosed { get; init; }

    public int Width => width;

    /// <summary>Completes once this was written to standard output.</summary>
    public Task SaysAsync(string text) => ((WatchedWriter)Out).SaysAsync(text);

    public string OutText => Out + Encoding.UTF8.GetString(((MemoryStream)OutBytes).ToArray());

    public string ErrorText => Error.ToString()!;
}
