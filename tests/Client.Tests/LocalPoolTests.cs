using System.Runtime.Versioning;
using GpuScheduler.Client.Commands;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Testing;

namespace GpuScheduler.Client.Tests;

/// <summary>The folder of 'up' is its user's alone.</summary>
[SupportedOSPlatform("linux")]
public sealed class LocalPoolTests : IDisposable
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Readable = Mine | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

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

    private UnixFileMode Make(string name)
    {
        var path = Path.Combine(_home.FullName, name);
        new LocalPool(path, new ClientContext
        {
            Console = new TestConsole(),
            Environment = new Dictionary<string, string>(),
            FindWorkingDirectory = () => _home.FullName,
            FindUserName = () => "ann",
            Time = new ManualTimeProvider(Cli.Now),
            NewKey = () => "key",
        }).MakeDirectory();
        return File.GetUnixFileMode(path);
    }
}
