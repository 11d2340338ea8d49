namespace GpuScheduler.Storage.Sqlite;

/// <summary>How a store forgets, and becomes smaller.</summary>
public sealed partial class SqlitePoolStore
{
    private const int PagesAtOnce = 500;

    /// <summary>Gives some of the room that nothing needs any more back to the disk; false: there is none left.</summary>
    public Task<bool> GiveBackRoomAsync(CancellationToken cancellationToken) =>
        _writer.RunAsync(() => Guard(() => Connections.GiveBack(_connection, PagesAtOnce) > 0), cancellationToken);

    /// <summary>Forgets some submissions whose jobs all ended before a time; their room is used again, or given back.</summary>
    /// <param name="after">The submission after which to look; 0: from the beginning.</param>
    /// <param name="endedBefore">Jobs that ended later stay.</param>
    /// <param name="cancellationToken">Only before it begins.</param>
    public Task<PurgeBite> PurgeAsync(long after, DateTimeOffset endedBefore, CancellationToken cancellationToken) =>
        _writer.RunAsync(() => Guard(() => _transaction.Run(() => _purge.Take(after, endedBefore))), cancellationToken);
}
