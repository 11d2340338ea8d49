using System.Globalization;
using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Tests.Child;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>A process killed with -9 leaves whole commits only, and every one that returned.</summary>
public sealed class KillTests
{
    private static readonly CancellationToken Cancel = new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token;

    [Fact]
    public async Task KilledWhileCommitting_LosesNothingThatReturnedAndKeepsNothingHalf()
    {
        using var folder = new StoreFolder();
        var random = new Random(20260105);
        for (var round = 0; round < 8; round++)
        {
            var acknowledged = await CommitUntilKilledAsync(folder.Store, random);
            await using var store = SqlitePoolStore.Open(
                folder.Store, TestTime.NewClock(), new SqliteStoreOptions { IntegrityCheck = IntegrityCheck.Full });
            var last = WholeCommit.AssertWhole(await store.OpenAsync(Cancel));
            Assert.InRange(last, acknowledged, acknowledged + 1);
        }
    }

    [Fact]
    public async Task KilledWhileMigrating_NextStartFindsTheOldSchemaWholeAndMigrates()
    {
        using var folder = new StoreFolder();
        await using (SqlitePoolStore.Open(folder.Store, TestTime.NewClock()))
        {
        }

        using (var child = ChildProcess.Start(Program.Migrate, folder.Store))
        {
            Assert.Equal("in the midst", await child.ReadLineAsync(Cancel));
            await child.KillAsync(Cancel);
        }

        await using (var old = SqlitePoolStore.Open(folder.Store, TestTime.NewClock()))
            Assert.Equal(SqlitePoolStore.Version, old.VersionFound);
        await using var migrated = SqlitePoolStore.Open(
            folder.Store, TestTime.NewClock(), new(), [.. Migration.Shipped, Migrations.Next]);
        Assert.Equal(SqlitePoolStore.Version, migrated.VersionFound);
    }

    /// <summary>The number of the last commit that returned.</summary>
    private static async Task<long> CommitUntilKilledAsync(string path, Random random)
    {
        using var child = ChildProcess.Start(Program.Commit, path);
        var line = await child.ReadLineAsync(Cancel);
        for (var more = random.Next(20); more > 0; more--)
            line = await child.ReadLineAsync(Cancel);
        // Anywhere within the next commit.
        Thread.SpinWait(random.Next(200_000));
        var rest = await child.KillAsync(Cancel);
        return long.Parse(rest.LastOrDefault(line), CultureInfo.InvariantCulture);
    }
}
