using System.Diagnostics;
using System.Globalization;

namespace GpuScheduler.Benchmarks.Pool;

/// <summary>One of the product's programs, running until disposed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process)
    {
        _process = process;
        // A benchmark that is told to end leaves no scheduler behind.
        AppDomain.CurrentDomain.ProcessExit += End;
    }

    /// <summary>Its standard output.</summary>
    public StreamReader Output => _process.StandardOutput;

    public static ServerProcess Start(string program, params string[] arguments)
    {
        if (!File.Exists(program))
            throw new FileNotFoundException($"{program} is missing: run ./gpusched version, or name its folder with --app", program);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        // The benchmark runs under the SDK's own runtime; the programs look for theirs.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>What it has used so far.</summary>
    public ProcessUse Use() => ProcessUse.Of(_process);

    /// <summary>CPU seconds used so far.</summary>
    public double CpuSeconds()
    {
        _process.Refresh();
        return _process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>MiB of memory that it held at most, so far.</summary>
    public double PeakMib()
    {
        _process.Refresh();
        return _process.PeakWorkingSet64 / (1024.0 * 1024);
    }

    /// <summary>CPU seconds of the children that it has waited for, and of those that they waited for.</summary>
    public double ChildrenCpuSeconds()
    {
        const int UserTicks = 13, KernelTicks = 14;
        const double TicksPerSecond = 100;
        var line = File.ReadAllText($"/proc/{_process.Id}/stat");
        // Counted behind the program's name, which may hold blanks.
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[UserTicks], CultureInfo.InvariantCulture) + long.Parse(fields[KernelTicks],
            CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= End;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void End(object? sender, EventArgs arguments) => _process.Kill(entireProcessTree: true);
}
