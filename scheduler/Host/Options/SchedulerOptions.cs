using Serilog.Events;

namespace GpuScheduler.Host.Options;

/// <summary>What the command line said, as typed; <see cref="OptionsCheck"/> turns it into <see cref="CheckedOptions"/>.</summary>
public sealed record SchedulerOptions
{
    /// <summary>Folder of the store, the logs and the address file; made when it doesn't exist.</summary>
    public required string Data { get; init; }

    /// <summary>Where workers and clients connect: <c>HOST:PORT</c> (port 0: any free one) or <c>unix:/path</c>.</summary>
    public string Listen { get; init; } = "127.0.0.1:7070";

    /// <summary>Where <c>/healthz</c> and <c>/metrics</c> answer over HTTP/1.1; empty: nowhere.</summary>
    public string Http { get; init; } = "";

    /// <summary>A <c>pool.yaml</c>; empty: the shipped rules.</summary>
    public string Config { get; init; } = "";

    /// <summary>Debug, Information, Warning or Error.</summary>
    public string LogLevel { get; init; } = nameof(LogEventLevel.Information);

    /// <summary>Listen beyond this machine although nothing protects the connection.</summary>
    public bool Insecure { get; init; }

    /// <summary>Go on although the store lost work that was acknowledged.</summary>
    public bool AcceptLoss { get; init; }
}
