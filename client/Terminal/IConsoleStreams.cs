namespace GpuScheduler.Client.Terminal;

/// <summary>What a command may say and read, so that tests run commands without a process.</summary>
internal interface IConsoleStreams
{
    TextReader In { get; }

    /// <summary>Standard input before decoding; read either this or <see cref="In"/>.</summary>
    Stream InBytes { get; }

    TextWriter Out { get; }

    TextWriter Error { get; }

    /// <summary>For a library that draws on the screen and moves its cursor.</summary>
    TextWriter Canvas { get; }

    /// <summary>Job output passes through unchanged: it need not be text.</summary>
    Stream OutBytes { get; }

    bool InIsTerminal { get; }

    bool OutIsTerminal { get; }

    bool ErrorIsTerminal { get; }

    /// <summary>Cancelled once the other end of the pipe is closed: what is written to standard output is lost from then on.</summary>
    CancellationToken OutClosed { get; }

    /// <summary>Columns that a table may fill.</summary>
    int Width { get; }
}
