using System.Threading.Channels;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>How the fake scheduler answers a hello.</summary>
internal sealed partial class Conversation
{
    /// <summary>Reports of each store up to here are durable.</summary>
    private readonly Dictionary<StoreName, long> _durable = [];

    /// <summary>The scheduler's store; with an empty name it is older than stores' identities, and welcomes everyone.</summary>
    public StoreName Store { get; set; } = new();

    /// <summary>Told instead of <see cref="Store"/> to every worker that comes; null: nothing odd is told.</summary>
    public StoreName? OddStore { get; set; }

    /// <summary>Hellos get no answer.</summary>
    public bool IsSilent { get; set; }

    /// <summary>A hello about another store's folder is answered with this store, and ends the session.</summary>
    private void Meet_NeedsLock(WorkerHello hello, Channel<ConnectResponse> session)
    {
        var isOurs = OddStore is null && (hello.Store?.Name is { } served ? served.Equals(Store) : hello.Attempts.Count == 0);
        if (IsSilent) return;
        if (isOurs)
        {
            Greet_NeedsLock(session);
            return;
        }

        session.Writer.TryWrite(new() { OtherStore = new() { Store = OddStore ?? Store } });
        session.Writer.TryComplete();
    }

    /// <summary>From here on the session can be spoken to.</summary>
    private void Greet_NeedsLock(Channel<ConnectResponse> session)
    {
        var welcome = Welcome.Clone();
        welcome.DurableSequence = Math.Max(welcome.DurableSequence, _durable.GetValueOrDefault(Store));
        welcome.Store = Store.Id.Length > 0 ? Store : null;
        session.Writer.TryWrite(new() { Welcome = welcome });
        _sessions.Add(session);
        News_NeedsLock();
    }
}
