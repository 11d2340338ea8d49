using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using GpuScheduler.Client.Commands;
using GpuScheduler.Client.Processes;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>The folder of 'up' is its user's alone.</summary>
[SupportedOSPlatform("linux")]
public sealed class LocalPoolTests : IDisposable
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Readable = Mine | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Open = Closed | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("gpusched-local-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void A_new_one_is_closed_to_others() => Assert.Equal(Mine, Make("new/pool"));

    [Fact]
    public void One_that_an_earlier_version_left_open_is_closed()
    {
        Directory.CreateDirectory(Path.Combine(_home.FullName, "old"), Readable);

        Assert.Equal(Mine, Make("old"));
    }

    [Fact]
    public void One_that_every_account_may_use_stays_so()
    {
        var shared = Readable | UnixFileMode.OtherWrite | UnixFileMode.StickyBit;
        File.SetUnixFileMode(_home.CreateSubdirectory("shared").FullName, shared);

        Assert.Equal(shared, Make("shared"));
    }

    [Fact]
    public void Files_that_an_earlier_version_left_open_are_closed_and_others_stay()
    {
        var folder = _home.CreateSubdirectory("files");
        string[] ours = ["scheduler.log", "worker.log", "worker-2.log", "scheduler.pid", "worker.pid", "up.txt"];
        foreach (var name in ours.Append("notes.txt"))
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, "");
            File.SetUnixFileMode(path, Open);
        }

        Make("files");

        Assert.All(ours, name => Assert.Equal(Closed, File.GetUnixFileMode(Path.Combine(folder.FullName, name))));
        Assert.Equal(Open, File.GetUnixFileMode(Path.Combine(folder.FullName, "notes.txt")));
    }

    [Fact]
    public async Task What_a_start_writes_is_closed_and_an_earlier_log_explains_nothing()
    {
        var pool = NewPool("started");
        pool.MakeDirectory();
        File.WriteAllText(pool.Scheduler.LogFile, "use a port that is free\n");
        File.SetUnixFileMode(pool.Scheduler.LogFile, Closed);

        await StartAsync(pool.Scheduler, "echo of this start");
        await StartAsync(pool.Worker, "echo silent >/dev/null");
        pool.Note("http://127.0.0.1:1", ["n"]);

        Assert.Equal("of this start", pool.Scheduler.LastLines(8));
        Assert.Equal("", pool.Worker.LastLines(8));
        Assert.All(
            ["scheduler.pid", "worker.pid", "worker.log", "up.txt"],
            name => Assert.Equal(Closed, File.GetUnixFileMode(Path.Combine(pool.Directory, name))));
    }

    private static async Task StartAsync(BackgroundProcess process, string script)
    {
        var root = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());
        var variables = new Dictionary<string, string> { ["DOTNET_ROOT"] = root };
        var identity = await process.StartAsync("/bin/sh", ["-c", script], variables, CancellationToken.None);
        while (identity.IsRunning) await Task.Yield();
    }

    private UnixFileMode Make(string name)
    {
        var pool = NewPool(name);
        pool.MakeDirectory();
        return File.GetUnixFileMode(pool.Directory);
    }

    private LocalPool NewPool(string name)
    {
        var path = Path.Combine(_home.FullName, name);
        return new LocalPool(path, new ClientContext
        {
            Console = new TestConsole(),
            Environment = new Dictionary<string, string>(),
            FindWorkingDirectory = () => _home.FullName,
            FindUserName = () => "ann",
            Time = TimeProvider.System,
            Chance = () => 0.5,
            NewKey = () => "key",
        });
    }
}
