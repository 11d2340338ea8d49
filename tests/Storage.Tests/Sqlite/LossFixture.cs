using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Sqlite.Opening;
using GpuScheduler.Storage.Tests.Child;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>A store with acknowledged commits in its log, and ways to damage its files.</summary>
public abstract class LossFixture : IAsyncLifetime
{
    private protected const int Commits = 40;
    private protected static readonly CancellationToken Cancel = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    private readonly StoreFolder _folder = new();

    private protected string Store => _folder.File("copy.db");

    private protected string Log => StoreFiles.LogOf(Store);

    private protected string Names => AcknowledgedFile.PathOf(Store);

    /// <summary>As a killed scheduler leaves it: two rounds of the log, so that old frames lie behind the new ones.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var store = SqlitePoolStore.Open(
            _folder.Store, TestTime.NewClock(), new SqliteStoreOptions { CheckpointPages = 150 });
        var pool = await store.OpenAsync(Cancel);
        for (var number = 1; number <= Commits; number++) await store.CommitAsync(pool.Epoch, WholeCommit.Make(number), Cancel);
        foreach (var ending in (string[])["", "-wal", ".commits"]) File.Copy(_folder.Store + ending, Store + ending);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected SqlitePoolStore Open(bool acceptLoss = false) =>
        SqlitePoolStore.Open(Store, TestTime.NewClock(), new SqliteStoreOptions { AcceptLoss = acceptLoss });

    private protected void Damage(string what)
    {
        switch (what)
        {
            case "log removed": File.Delete(Log); break;
            case "log cut to half": Cut(0.5); break;
            case "log cut by 3 %": Cut(0.97); break;
            case "log without its header": Overwrite(Log, 32); break;
            case "database emptied": File.WriteAllBytes(Store, []); break;
            case "database removed": File.Delete(Store); break;
            case "database copied without its log": BeOnePage(); break;
            default: throw new ArgumentOutOfRangeException(nameof(what), what, "a damage that is known");
        }
    }

    private void Cut(double left)
    {
        // What lies behind the newest frames is old: cut what is used.
        using var log = new FileStream(Log, FileMode.Open, FileAccess.Write);
        log.SetLength((long)(UsedBytes() * left));
    }

    /// <summary>Frames with the header's salts.</summary>
    private long UsedBytes()
    {
        var bytes = File.ReadAllBytes(Log);
        var used = 32;
        while (used + 4120 <= bytes.Length && bytes.AsSpan(used + 8, 8).SequenceEqual(bytes.AsSpan(16, 8))) used += 4120;
        return used;
    }

    private static void Overwrite(string path, int count)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Write(new byte[count]);
    }

    /// <summary>What a copy of the database file alone is, as long as everything lies in the log: a page without tables.</summary>
    private void BeOnePage()
    {
        StoreFiles.Delete(Store);
        using (var connection = Connections.OpenWriter(Store, new SqliteStoreOptions())) Assert.NotNull(connection);
        Assert.Equal(4096, new FileInfo(Store).Length);
    }

    /// <summary>All that says something: an empty log is none.</summary>
    private protected Dictionary<string, string> Files() => ((string[])["", "-wal", ".commits"]).Select(ending => Store + ending)
        .Where(file => File.Exists(file) && new FileInfo(file).Length > 0)
        .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));
}
