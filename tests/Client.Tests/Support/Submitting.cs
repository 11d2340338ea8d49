using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>Submits to a scheduler that remembers what it was sent, from a folder of its own.</summary>
public abstract class Submitting : IAsyncLifetime
{
    private protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("gpusched-client-");

    private protected FakeScheduler Scheduler { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Scheduler = await FakeScheduler.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Scheduler.DisposeAsync();
        Folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected JobSpec Sent => Assert.Single(Scheduler.Jobs.Submitted).Spec;

    private protected JobSpec LastSent => Scheduler.Jobs.Submitted[^1].Spec;

    private protected Cli NewCli(string input = "") =>
        new(Scheduler) { WorkingDirectory = Folder.FullName, Console = new TestConsole(input: input) };
}
