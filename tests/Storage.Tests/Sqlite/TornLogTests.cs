using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Tests.Child;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>
/// A write-ahead log whose end never reached the disk, or reached it wrong, costs whole commits at its end and nothing else.
/// </summary>
public sealed class TornLogTests : IAsyncLifetime
{
    private const int Commits = 12;

    private readonly StoreFolder _folder = new();

    private string Log => _folder.File("copy.db-wal");

    public async ValueTask InitializeAsync()
    {
        await using var store = SqlitePoolStore.Open(_folder.Store, TestTime.NewClock());
        var pool = await store.OpenAsync(CancellationToken.None);
        for (var number = 1; number <= Commits; number++)
            await store.CommitAsync(pool.Epoch, WholeCommit.Make(number), CancellationToken.None);
        // Before a shutdown copies the log into the database.
        File.Copy(_folder.Store, _folder.File("copy.db"));
        File.Copy(_folder.Store + "-wal", Log);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Open_LogWhole_HasEveryCommit() => Assert.Equal(Commits, await CountAsync());

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(4_096)]
    [InlineData(4_120)]
    [InlineData(20_000)]
    [InlineData(70_001)]
    public async Task Open_LogCutShort_HasWholeCommitsOnly(int bytes)
    {
        using (var log = new FileStream(Log, FileMode.Open, FileAccess.Write))
            log.SetLength(Math.Max(32, log.Length - bytes));

        Assert.InRange(await CountAsync(), 0, Commits - 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4_000)]
    [InlineData(30_000)]
    public async Task Open_LogWrongNearItsEnd_HasWholeCommitsOnlyOrIsRefused(int fromEnd)
    {
        using (var log = new FileStream(Log, FileMode.Open, FileAccess.ReadWrite))
        {
            log.Position = log.Length - fromEnd;
            var right = log.ReadByte();
            log.Position--;
            log.WriteByte((byte)(right ^ 0x10));
        }

        try
        {
            Assert.InRange(await CountAsync(), 0, Commits - 1);
        }
        catch (StoreLossException)
        {
            // Whole commits lay behind it.
        }
    }

    [Fact]
    public async Task Open_RubbishAfterTheLog_HasEveryCommit()
    {
        var rubbish = new byte[9_000];
        new Random(7).NextBytes(rubbish);
        using (var log = new FileStream(Log, FileMode.Append))
            log.Write(rubbish);

        Assert.Equal(Commits, await CountAsync());
    }

    private async Task<long> CountAsync()
    {
        await using var store = SqlitePoolStore.Open(
            _folder.File("copy.db"), TestTime.NewClock(), new SqliteStoreOptions { IntegrityCheck = IntegrityCheck.Full });
        return WholeCommit.AssertWhole(await store.OpenAsync(CancellationToken.None));
    }
}
