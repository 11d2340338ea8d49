using GpuScheduler.Host.Options;

namespace GpuScheduler.Host.Tests.Options;

public sealed class OptionsCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gpusched-host-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void GoodOptions_AreTakenAndTheFolderIsMade()
    {
        var data = Path.Combine(_folder, "new", "data");

        var (options, faults) = OptionsCheck.Check(new SchedulerOptions { Data = data });

        Assert.Empty(faults);
        Assert.Equal(data, options!.Data);
        Assert.Empty(Directory.EnumerateFileSystemEntries(data));
    }

    [Fact]
    public void EveryFault_IsReportedAtOnce()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        var (options, faults) = OptionsCheck.Check(new SchedulerOptions
        {
            Data = file, Listen = "x", Http = "unix:/s", Config = _folder, LogLevel = "loud",
        });

        Assert.Null(options);
        Assert.Equal(["--data", "--listen", "--http", "--log-level", "--config"], faults.Select(fault => fault.Field));
        Assert.Contains("directory", faults[^1].Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileWithoutAnEnd_IsNoConfig()
    {
        var fifo = Path.Combine(_folder, "fifo");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [fifo]))
            made.WaitForExit();

        foreach (var (file, words) in new[] { (fifo, "a FIFO"), ("/dev/zero", "more than 4194304 bytes") })
        {
            var faults = await Task.Run(() => OptionsCheck.Check(new SchedulerOptions { Data = _folder, Config = file }).Faults)
                .WaitAsync(TimeSpan.FromSeconds(60));

            var fault = Assert.Single(faults);
            Assert.Equal("--config", fault.Field);
            Assert.Contains(words, fault.Allowed, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AddressBeyondThisMachine_NeedsAnExplicitWord()
    {
        var open = new SchedulerOptions { Data = _folder, Listen = "0.0.0.0:7070" };

        Assert.Contains("--insecure", Assert.Single(OptionsCheck.Check(open).Faults).Allowed, StringComparison.Ordinal);
        Assert.Empty(OptionsCheck.Check(open with { Insecure = true }).Faults);
    }

    [Theory]
    [InlineData("127.0.0.1:7171", "127.0.0.1:7171", false)]
    [InlineData("localhost:7171", "127.0.0.1:7171", false)]
    [InlineData("0.0.0.0:7171", "127.0.0.1:7171", false)]
    [InlineData("127.0.0.1:7171", "[::]:7171", false)]
    [InlineData("127.0.0.1:7171", "[::1]:7171", true)]
    [InlineData("0.0.0.0:7171", "[::1]:7171", true)]
    [InlineData("127.0.0.1:7171", "127.0.0.1:7172", true)]
    [InlineData("127.0.0.1:0", "127.0.0.1:0", true)]
    [InlineData("unix:/tmp/gpusched.socket", "127.0.0.1:7171", true)]
    public void Calls_and_metrics_need_a_port_each(string listen, string http, bool passes)
    {
        var (_, faults) = OptionsCheck.Check(new SchedulerOptions { Data = _folder, Listen = listen, Http = http, Insecure = true });

        Assert.Equal(passes ? [] : [("--http", http)], faults.Select(fault => (fault.Field, fault.Value)));
    }

    [Fact]
    public void FaultsOfThePoolFile_AreReportedWithTheOthers()
    {
        var pool = Path.Combine(_folder, "pool.yaml");
        File.WriteAllText(pool, "name: a\nlesaes: {}\n");

        var (_, faults) = OptionsCheck.Check(new SchedulerOptions { Data = _folder, Listen = "x", Config = pool });

        Assert.Equal(["--listen", $"{pool}:2: lesaes"], faults.Select(fault => fault.Field));
    }
}
