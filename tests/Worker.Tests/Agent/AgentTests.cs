using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Agent;

/// <summary>The agent as a real process that may be killed, with jobs that are real processes too.</summary>
public abstract class AgentTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private FakeScheduler _scheduler = null!;

    private protected Conversation Talk => _scheduler.Talk;

    private protected Uri Server => _scheduler.Address;

    private protected string Data => Path.Combine(_folder.Path, "data");

    private protected string Go => Path.Combine(_folder.Path, "go");

    public async ValueTask InitializeAsync() => _scheduler = await FakeScheduler.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        ControlGroups.Remove(new(Data));
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs until the test lets it end.</summary>
    private protected Dispatch Waiting(int code = 6) =>
        A.Shell($"echo $$ >{Go}.pid; while [ ! -e {Go} ]; do sleep 0.02; done; exit {code}");

    private protected AgentProcess Start(params string[] more) => new(Server, Data, more);
}
