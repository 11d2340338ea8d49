using GpuScheduler.Client.Commands;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Client.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace GpuScheduler.Client.Tests;

/// <summary>Users of one machine do not meet by accident, and each finds the own pool again.</summary>
public sealed class OwnPoolTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("gpusched-own-");

    public void Dispose() => _home.Delete(recursive: true);

    [Theory]
    [InlineData(0u, "http://127.0.0.1:7070")]
    [InlineData(1u, "http://127.0.0.1:20001")]
    [InlineData(1000u, "http://127.0.0.1:21000")]
    [InlineData(1001u, "http://127.0.0.1:21001")]
    [InlineData(65534u, "http://127.0.0.1:25534")]
    [InlineData(uint.MaxValue, "http://127.0.0.1:27295")]
    public void Each_user_has_a_port(uint user, string address) =>
        Assert.Equal(address, OwnPool.AddressOf(user, static _ => true));

    [Fact]
    public void A_port_that_a_program_has_is_left_to_it()
    {
        var asked = 0;

        var address = OwnPool.AddressOf(1000, port => (asked = port) < 0);

        Assert.Equal(21_000, asked);
        Assert.NotEqual("http://127.0.0.1:21000", address);
        Assert.True(new Uri(address).Port > 0);
    }

    [Theory]
    [InlineData("lab", 0u, "root", "lab")]
    [InlineData("lab", 1000u, "ann", "lab-ann")]
    [InlineData("lab", 1000u, "ann.b@corp", "lab-annbcorp")]
    [InlineData("lab", 1000u, "日本", "lab-1000")]
    [InlineData("lab", 54321u, "", "lab-54321")]
    public void Each_user_has_a_name_for_the_machine(string host, uint id, string user, string name) =>
        Assert.Equal(name, OwnPool.NodeOf(host, id, Context(user)));

    [Theory]
    [InlineData(64, 3)]
    [InlineData(200, 3)]
    [InlineData(3, 200)]
    [InlineData(200, 200)]
    public void No_name_is_longer_than_a_nodes_may_be(int host, int user)
    {
        var name = OwnPool.NodeOf(new string('h', host), 1000, Context(new string('u', user)));

        Assert.InRange(name.Length, 3, 64);
        Assert.Matches("^h+-u+$", name);
    }

    [Fact]
    public void What_was_noted_last_counts()
    {
        var context = Context("ann");
        var pool = new LocalPool(null, context);
        Directory.CreateDirectory(pool.Directory);
        Assert.NotEqual(("http://127.0.0.1:9999", "desk"), (OwnPool.Address(pool), OwnPool.Node(pool, context)));

        pool.Note("http://127.0.0.1:9999", ["desk"]);

        Assert.Equal(("http://127.0.0.1:9999", "desk"), (OwnPool.Address(pool), OwnPool.Node(pool, context)));
    }

    [Fact]
    public void Verbs_find_a_pool_only_while_it_runs()
    {
        var context = Context("ann");
        var pool = new LocalPool(null, context);
        Directory.CreateDirectory(pool.SchedulerData);
        pool.Note("http://127.0.0.1:9999", ["desk"]);
        Assert.Null(OwnPool.RunningAddress(context));

        // This very process stands for the scheduler.
        var start = File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ')[19];
        File.WriteAllText(Path.Combine(pool.Directory, "scheduler.pid"), $"{Environment.ProcessId} {start}\n");
        Assert.Equal("http://127.0.0.1:9999", OwnPool.RunningAddress(context));
        File.WriteAllText(Path.Combine(pool.SchedulerData, "address"), "http://0.0.0.0:8888\n");
        Assert.Equal("http://127.0.0.1:8888", OwnPool.RunningAddress(context));
    }

    [Fact]
    public void Without_a_home_there_is_none() => Assert.Null(OwnPool.RunningAddress(Context("ann", home: "")));

    private ClientContext Context(string user, string? home = null) => new()
    {
        Console = new TestConsole(),
        Environment = new Dictionary<string, string> { ["HOME"] = home ?? _home.FullName },
        FindWorkingDirectory = () => _home.FullName,
        FindUserName = () => user,
        Time = new FakeTimeProvider(Cli.Now),
        Chance = () => 0.5,
        NewKey = () => "key",
    };
}
