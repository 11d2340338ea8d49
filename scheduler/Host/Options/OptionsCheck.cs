using GpuScheduler.Common.Telemetry;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Host.PoolFile;
using Serilog.Events;

namespace GpuScheduler.Host.Options;

/// <summary>Checks everything before anything starts, and reports every fault at once.</summary>
public sealed class OptionsCheck
{
    private readonly List<Fault> _faults = [];

    /// <summary>The options, or at least one fault.</summary>
    public static (CheckedOptions? Options, IReadOnlyList<Fault> Faults) Check(SchedulerOptions options) => new OptionsCheck().Run(options);

    private (CheckedOptions?, IReadOnlyList<Fault>) Run(SchedulerOptions options)
    {
        var data = DataFolder(options.Data);
        var listen = Address("--listen", options.Listen, options.Insecure);
        var http = options.Http.Length == 0 ? null : Address("--http", options.Http, options.Insecure);
        if (http?.SocketPath is not null)
            _faults.Add(new Fault("--http", options.Http, "an IP address or 'localhost' with a port, not a socket"));
        if (listen is not null && http?.IsTakenWith(listen) == true)
            _faults.Add(new Fault("--http", options.Http, $"another port than that of --listen, which is {options.Listen}"));
        var level = Level(options.LogLevel);
        var otlp = OtlpSettings.Read(Environment.GetEnvironmentVariable);
        _faults.AddRange(otlp.Faults.Select(fault => new Fault(fault.Variable, fault.Value, fault.Allowed)));
        var file = PoolFilePath.Of(options.Config);
        var (pool, text) = Pool(file);
        if (_faults.Count > 0) return (null, _faults);
        return (new(data, listen!, http, pool, file, text, level) { AcceptLoss = options.AcceptLoss, Otlp = otlp }, _faults);
    }

    private string DataFolder(string folder)
    {
        try
        {
            var full = Path.GetFullPath(folder);
            Directory.CreateDirectory(full);
            var probe = Path.Combine(full, ".writable");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return full;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _faults.Add(new Fault("--data", folder, $"a folder that can be made or written ({failure.Message})"));
            return "";
        }
    }

    private ListenAddress? Address(string option, string text, bool insecure)
    {
        if (!ListenAddress.TryParse(text, out var address)) _faults.Add(new Fault(option, text, ListenAddress.Allowed));
        else if (!address!.IsLocal && !insecure) _faults.Add(new Fault(option, text, BeyondThisMachine));
        return address;
    }

    private const string BeyondThisMachine =
        "an address of this machine alone (127.0.0.1, ::1 or unix:): this version has neither TLS nor tokens, so anybody who " +
        "reaches another address could run programs here; put an SSH tunnel or a VPN in front, or say --insecure to listen all the same";

    private LogEventLevel Level(string text)
    {
        if (Enum.TryParse<LogEventLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level) && !char.IsDigit(text[0]))
            return level;
        _faults.Add(new Fault("--log-level", text, string.Join(", ", Enum.GetNames<LogEventLevel>())));
        return LogEventLevel.Information;
    }

    private (PoolConfig Rules, string Text) Pool(PoolFilePath file)
    {
        var (config, faults, text) = file.Read();
        _faults.AddRange(faults);
        return (config, text);
    }
}
