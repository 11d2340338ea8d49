using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Tests.Child;
using GpuScheduler.Storage.Tests.Generators;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>Whoever only looks changes nothing, whether a scheduler has the store open or not.</summary>
public sealed class HistoryReaderTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_WhileASchedulerHasItOpen_SeesEveryCommitAndLeavesTheBytesAlone()
    {
        await using var store = Open();
        var epoch = (await store.OpenAsync(CancellationToken.None)).Epoch;
        await store.CommitAsync(
            epoch, [Sample.Added(Sample.Start(Sample.Job(1))), new StoreChange.NodeSaved(new Node(new NodeId("box")))],
            CancellationToken.None);
        var before = Bytes(".db", "-wal");

        var history = HistoryReader.Read(_folder.Store);

        Assert.Equal(before, Bytes(".db", "-wal"));
        Assert.Equal("box", Assert.Single(history.Nodes).Id.Name);
        Assert.Single(Assert.Single(history.Jobs).Attempts);
        await store.CommitAsync(epoch, [Sample.Added(Sample.Job(2))], CancellationToken.None);
        Assert.Equal([1, 2], HistoryReader.Read(_folder.Store).Jobs.Select(job => job.Job.Id.Number));
    }

    [Fact]
    public async Task Read_AfterTheSchedulerWent_LeavesTheFolderAsItWas()
    {
        await WriteAsync();
        var before = Folder();

        Assert.Single(HistoryReader.Read(_folder.Store).Jobs);

        Assert.Equal(before, Folder());
    }

    [Fact]
    public async Task Read_AfterTheSchedulerWasKilled_SeesWhatOnlyTheLogHas()
    {
        using (var child = ChildProcess.Start(Program.Commit, _folder.Store))
        {
            await child.ReadLineAsync(CancellationToken.None);
            await child.KillAsync(CancellationToken.None);
        }

        var before = Bytes(".db", "-wal");

        Assert.NotEmpty(HistoryReader.Read(_folder.Store).Jobs);
        Assert.Equal(before, Bytes(".db", "-wal"));
    }

    [Fact]
    public async Task Read_OlderSchema_WorksOnACopy()
    {
        await WriteAsync();
        OldStore.GoBackToVersion1(_folder);
        var before = Folder();

        Assert.Single(HistoryReader.Read(_folder.Store).Jobs);

        Assert.Equal(before, Folder());
    }

    [Fact]
    public async Task Read_RulesThatWereKept_HasTheNewestOnes()
    {
        await using var store = Open();
        await store.OpenAsync(CancellationToken.None);
        Assert.Null(HistoryReader.Read(_folder.Store).Rules);

        await store.SaveRulesAsync(new("", ""), CancellationToken.None);
        await store.SaveRulesAsync(new("/etc/pool.yaml", "name: lab\n"), CancellationToken.None);

        Assert.Equal(new StoredRules("/etc/pool.yaml", "name: lab\n"), HistoryReader.Read(_folder.Store).Rules);
    }

    [Fact]
    public async Task Read_NewerSchema_IsRefused()
    {
        await WriteAsync();
        using (var connection = Connections.OpenWriter(_folder.Store, new SqliteStoreOptions()))
            Connections.Run(
                connection, $"INSERT INTO schema_version (version, name, applied_at) VALUES ({Migrations.NextVersion}, 'next.sql', '')");

        var refused = Assert.Throws<StoreRefusedException>(() => HistoryReader.Read(_folder.Store));

        Assert.Contains(
            $"schema version {Migrations.NextVersion} was written by a newer scheduler; this one knows up to version "
                + $"{SqlitePoolStore.Version}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoStoreOrNoDatabase_SaysSo()
    {
        File.WriteAllText(_folder.File("notes.txt"), "this has never been a database, however one looks at it");

        Assert.EndsWith(
            "there is no such store", Assert.Throws<StoreRefusedException>(() => HistoryReader.Read(_folder.Store)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "damaged", Assert.Throws<StoreRefusedException>(() => HistoryReader.Read(_folder.File("notes.txt"))).Message,
            StringComparison.Ordinal);
    }

    private SqlitePoolStore Open() => SqlitePoolStore.Open(_folder.Store, TestTime.NewClock());

    private async Task WriteAsync()
    {
        await using var store = Open();
        var pool = await store.OpenAsync(CancellationToken.None);
        await store.CommitAsync(pool.Epoch, [Sample.Added(Sample.Job(1))], CancellationToken.None);
    }

    /// <summary>The lock itself can't be read while it is held.</summary>
    private Dictionary<string, string> Folder() =>
        Directory.EnumerateFiles(_folder.Path).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Order()
            .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));

    private string[] Bytes(params string[] endings) =>
        [.. Folder().Where(file => endings.Any(file.Key.EndsWith)).Select(file => file.Key + file.Value)];
}
