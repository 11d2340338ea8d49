using System.Globalization;
using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Tests.Child;
using GpuScheduler.Storage.Tests.Generators;
using GpuScheduler.Testing;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>A store that can't be used is refused with the file's name and what to do.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_NewFile_AppliesAllMigrations()
    {
        await using var store = Open();

        Assert.Equal(0, store.VersionFound);
        Assert.Equal(Migration.Shipped[^1].Version, SqlitePoolStore.Version);
    }

    [Fact]
    public async Task Open_HeldByAnother_IsRefusedNamingItsProcess()
    {
        await using var store = Open();

        var refused = Assert.Throws<StoreRefusedException>(Open);

        Assert.Contains(_folder.Store, refused.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_HeldUnderAnotherName_IsRefused()
    {
        await using var store = Open();
        File.CreateSymbolicLink(_folder.File("alias.db"), _folder.Store);

        Assert.Throws<StoreRefusedException>(() => SqlitePoolStore.Open(_folder.File("alias.db"), TestTime.NewClock()));
    }

    [Fact]
    public async Task Open_AfterTheHolderWasKilled_Works()
    {
        using (var child = ChildProcess.Start(Program.Commit, _folder.Store))
        {
            await child.ReadLineAsync(CancellationToken.None);
            Assert.Throws<StoreRefusedException>(Open);
            await child.KillAsync(CancellationToken.None);
        }

        await using var store = Open();
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedWithBothVersions()
    {
        await using (SqlitePoolStore.Open(_folder.Store, TestTime.NewClock(), new(), [.. Migration.Shipped, Migrations.Next]))
        {
        }

        var refused = Assert.Throws<StoreRefusedException>(Open);

        Assert.Contains(
            $"version {Migrations.NextVersion} was written by a newer scheduler; this one knows up to version {SqlitePoolStore.Version}: "
                + "upgrade the scheduler", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AnotherProgramsDatabase_IsRefusedAndLeftAsItIs()
    {
        await using (var foreign = new SqliteConnection($"Data Source={_folder.Store};Pooling=False"))
        {
            foreign.Open();
            Connections.Run(foreign, "CREATE TABLE recipes (x)");
        }

        var refused = Assert.Throws<StoreRefusedException>(Open);

        Assert.Contains("'recipes'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NotADatabase_IsRefusedAndLeftAsItIs()
    {
        var text = string.Concat(Enumerable.Repeat("not a database\n", 1_000));
        File.WriteAllText(_folder.Store, text);

        var refused = Assert.Throws<StoreRefusedException>(Open);

        Assert.Contains($"{_folder.Store}: the store is damaged", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_folder.Store));
    }

    [Theory]
    [InlineData(IntegrityCheck.Quick)]
    [InlineData(IntegrityCheck.Full)]
    public async Task Open_DamagedPages_IsRefusedSayingWhatToDo(IntegrityCheck check)
    {
        await FillAsync();
        DamageSecondHalf();

        var refused = Assert.Throws<StoreRefusedException>(
            () => SqlitePoolStore.Open(_folder.Store, TestTime.NewClock(), new SqliteStoreOptions { IntegrityCheck = check }));

        Assert.Contains($"{_folder.Store}: the store is damaged", refused.Message, StringComparison.Ordinal);
        Assert.Contains("put a backup in its place", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderMissing_IsRefused() =>
        Assert.Contains("doesn't exist", Assert.Throws<StoreRefusedException>(
            () => SqlitePoolStore.Open(_folder.File("no/such/pool.db"), TestTime.NewClock())).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_PathIsAFolder_IsRefused() =>
        Assert.Contains("is a folder", Assert.Throws<StoreRefusedException>(
            () => SqlitePoolStore.Open(_folder.Path, TestTime.NewClock())).Message, StringComparison.Ordinal);

    private SqlitePoolStore Open() => SqlitePoolStore.Open(_folder.Store, TestTime.NewClock());

    private async Task FillAsync()
    {
        await using var store = Open();
        var pool = await store.OpenAsync(CancellationToken.None);
        await store.CommitAsync(pool.Epoch, [Sample.Array(1, 2_000)], CancellationToken.None);
    }

    private void DamageSecondHalf()
    {
        using var file = new FileStream(_folder.Store, FileMode.Open, FileAccess.ReadWrite);
        var half = file.Length / 2;
        file.Position = half;
        file.Write(Enumerable.Repeat((byte)0xA5, (int)half).ToArray());
    }
}
