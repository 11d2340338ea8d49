using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace GpuScheduler.Host.Tests.Startup;

/// <summary>The scheduler as a process of its own, with its default settings, on ports of loopback that were free.</summary>
internal sealed partial class SchedulerProcess : IDisposable
{
    private const string ReadyLine = "listening on ";

    private static readonly string s_program = typeof(SchedulerProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "SchedulerProgram").Value!;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("gpusched-host-tests-");
    private readonly Process _process;

    private SchedulerProcess(IEnumerable<KeyValuePair<string, string>> variables, Func<StreamReader, Task<string>>? readError = null)
    {
        var start = new ProcessStartInfo(s_program, ["--data", _data.FullName, "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        _process = Process.Start(start)!;
        Error = (readError ?? (error => error.ReadToEndAsync()))(_process.StandardError);
    }

    /// <summary>All that it logged, once it has ended.</summary>
    public Task<string> Error { get; }

    /// <summary>Where it can be called.</summary>
    public string Address { get; private set; } = "";

    public static async Task<SchedulerProcess> StartAsync(params IEnumerable<KeyValuePair<string, string>> variables)
    {
        var scheduler = new SchedulerProcess(variables);
        var ready = await scheduler._process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        if (ready?.StartsWith(ReadyLine, StringComparison.Ordinal) == true)
        {
            scheduler.Address = ready[ReadyLine.Length..];
            return scheduler;
        }

        scheduler.Dispose();
        throw new InvalidOperationException($"the scheduler said '{ready}' and {await scheduler.Error}");
    }

    /// <summary>SIGTERM as soon as it has logged some words; and all that it has logged.</summary>
    public static async Task<string> StopWhileItStartsAsync(string words)
    {
        var heard = new TaskCompletionSource();
        using var scheduler = new SchedulerProcess([], async error =>
        {
            var said = new StringBuilder();
            while (await error.ReadLineAsync() is { } line)
            {
                said.AppendLine(line);
                if (line.Contains(words, StringComparison.Ordinal)) heard.TrySetResult();
            }

            heard.TrySetException(new InvalidOperationException($"it never logged '{words}' but {said}"));
            return said.ToString();
        });
        await heard.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return await scheduler.TerminateAsync();
    }

    /// <summary>Its listening TCP sockets, as the kernel has them.</summary>
    public IReadOnlyList<IPEndPoint> Listening()
    {
        var own = Directory.EnumerateFiles($"/proc/{_process.Id}/fd").Select(descriptor => File.ResolveLinkTarget(descriptor, false)?.Name)
            .OfType<string>().Where(target => target.StartsWith("socket:[", StringComparison.Ordinal)).ToHashSet();
        return [.. File.ReadLines($"/proc/{_process.Id}/net/tcp").Concat(File.ReadLines($"/proc/{_process.Id}/net/tcp6"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A" && own.Contains($"socket:[{fields[9]}]"))
            .Select(fields => Parse(fields[1]))];
    }

    /// <summary>SIGTERM, as an init system sends it; and all that it has logged.</summary>
    public async Task<string> TerminateAsync()
    {
        _ = SendSignal(_process.Id, 15);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return await Error;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _data.Delete(recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);

    // "0100007F:1F90": each four bytes of the address as a number of this machine, then the port.
    private static IPEndPoint Parse(string text)
    {
        var (address, port) = (text[..text.IndexOf(':')], text[(text.IndexOf(':') + 1)..]);
        var bytes = Convert.FromHexString(address);
        for (var word = 0; word < bytes.Length; word += 4) Array.Reverse(bytes, word, 4);
        return new IPEndPoint(new IPAddress(bytes), int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
