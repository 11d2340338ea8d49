using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Sqlite.Opening;
using GpuScheduler.Storage.Tests.Child;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>Whatever happens to the files of a store: all that was acknowledged is there, or the start is refused.</summary>
public sealed class LossTests : IAsyncLifetime, IDisposable
{
    private const int Commits = 40;
    private static readonly CancellationToken Cancel = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    private readonly StoreFolder _folder = new();

    private string Store => _folder.File("copy.db");

    private string Log => StoreFiles.LogOf(Store);

    private string Names => AcknowledgedFile.PathOf(Store);

    /// <summary>As a killed scheduler leaves it: two rounds of the log, so that old frames lie behind the new ones.</summary>
    public async Task InitializeAsync()
    {
        await using var store = SqlitePoolStore.Open(
            _folder.Store, new ManualTimeProvider(), new SqliteStoreOptions { CheckpointPages = 150 });
        var pool = await store.OpenAsync(Cancel);
        for (var number = 1; number <= Commits; number++) await store.CommitAsync(pool.Epoch, WholeCommit.Make(number), Cancel);
        foreach (var ending in (string[])["", "-wal", ".commits"]) File.Copy(_folder.Store + ending, Store + ending);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Untouched_HasEveryCommitAndSaysNothing()
    {
        await using var store = Open();

        Assert.Empty(store.Notes);
        Assert.Equal(Commits, WholeCommit.AssertWhole(await store.OpenAsync(Cancel)));
    }

    [Fact]
    public async Task TornTail_HasEveryCommit()
    {
        await using (var log = new FileStream(Log, FileMode.Append)) log.Write(Enumerable.Repeat((byte)0x5A, 9_000).ToArray());

        await using var store = Open();

        Assert.Equal(Commits, WholeCommit.AssertWhole(await store.OpenAsync(Cancel)));
    }

    public static TheoryData<string> Losses => ["log removed", "log cut to half", "log cut by 3 %", "log without its header",
        "database emptied", "database removed", "database copied without its log"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Lost_IsRefusedAndNothingIsChanged(string what)
    {
        Damage(what);
        var before = Files();

        var refused = Assert.Throws<StoreLossException>(() => Open());

        Assert.Contains(Store, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--accept-loss", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        // Asking twice is no way to get in.
        Assert.Throws<StoreLossException>(() => Open());

        await using var store = Open(acceptLoss: true);
        var pool = await store.OpenAsync(Cancel);
        Assert.Equal(2, pool.Identity.Generation);
        Assert.True(pool.Commit > Commits, $"commit {pool.Commit}");
        Assert.InRange(pool.NextJobNumber, Commits + 1, long.MaxValue);
        Assert.NotEmpty(store.Notes);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task LossAccepted_NextStartIsAsUsual(string what)
    {
        Damage(what);
        await using (var accepted = Open(acceptLoss: true)) await accepted.OpenAsync(Cancel);

        await using var store = Open();

        Assert.Empty(store.Notes);
        Assert.Equal(2, (await store.OpenAsync(Cancel)).Identity.Generation);
    }

    /// <summary>Wherever bytes are flipped: all commits, or a refusal.</summary>
    [Fact]
    public async Task FlippedBytes_AllIsThereOrTheStartIsRefused()
    {
        var whole = await File.ReadAllBytesAsync(Log, Cancel);
        var (random, refused) = (new Random(20261129), 0);
        for (var round = 0; round < 60; round++)
        {
            var bytes = whole.ToArray();
            for (var flip = 0; flip < 1 + round % 20; flip++) bytes[random.Next(bytes.Length)] ^= (byte)(1 + random.Next(255));
            using var folder = new StoreFolder();
            foreach (var ending in (string[])["", ".commits"]) File.Copy(Store + ending, folder.Store + ending);
            await File.WriteAllBytesAsync(StoreFiles.LogOf(folder.Store), bytes, Cancel);
            refused += await IsRefusedOrWholeAsync(folder.Store) ? 1 : 0;
        }

        Assert.InRange(refused, 30, 60);
    }

    [Fact]
    public void LogBrokenInItsMiddle_IsRefusedEvenWhereNothingNamesTheLastCommit()
    {
        File.Delete(Names);
        var bytes = File.ReadAllBytes(Log);
        bytes[32 + 24 + 100] ^= 0x10;
        File.WriteAllBytes(Log, bytes);

        var refused = Assert.Throws<StoreLossException>(() => Open());

        Assert.Contains("frame 1 is broken", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OlderCopyInItsPlace_SaysHowManyCommitsAreMissing()
    {
        var names = AcknowledgedFile.Read(Store)!;
        using (AcknowledgedFile.Open(Store, names with { Number = names.Number + 260, NextJobNumber = names.NextJobNumber + 300 }))
        {
        }

        var refused = Assert.Throws<StoreLossException>(() => Open());

        Assert.Contains("260 commits are missing", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"job numbers go on at {Commits + 301}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PowerCutAfterACommit_TheFileMayLag()
    {
        var names = AcknowledgedFile.Read(Store)!;
        using (AcknowledgedFile.Open(Store, names with { Number = names.Number - 7, Tag = "older" }))
        {
        }

        await using var store = Open();

        Assert.Equal(Commits, WholeCommit.AssertWhole(await store.OpenAsync(Cancel)));
    }

    [Fact]
    public void CopyThatWentItsOwnWay_IsRefused()
    {
        var names = AcknowledgedFile.Read(Store)!;
        using (AcknowledgedFile.Open(Store, names with { Tag = "another" }))
        {
        }

        Assert.Contains("went its own way", Assert.Throws<StoreLossException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileItselfBroken_IsNoReasonToRefuse()
    {
        await File.WriteAllBytesAsync(Names, new byte[1024], Cancel);

        await using var store = Open();

        Assert.Equal(Commits, WholeCommit.AssertWhole(await store.OpenAsync(Cancel)));
    }

    [Fact]
    public async Task BackupOfTheOldVersionInItsPlace_IsRefusedAndKeepsTheIdentityWhenAccepted()
    {
        var names = AcknowledgedFile.Read(Store)!;
        StoreFiles.Delete(Store);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", "v0.1.0", "gpusched.db"), Store);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", "v0.1.0", "gpusched.db-wal"), Log);

        Assert.Contains("older scheduler", Assert.Throws<StoreLossException>(() => Open()).Message, StringComparison.Ordinal);

        await using var store = Open(acceptLoss: true);
        var pool = await store.OpenAsync(Cancel);
        Assert.Equal(names.Identity with { Generation = 2 }, pool.Identity);
        Assert.Equal(["6", "8", "9"], pool.Jobs.Select(job => job.Id.ToString()));
        Assert.Equal(Commits + 1, pool.NextJobNumber);
    }

    private SqlitePoolStore Open(bool acceptLoss = false) =>
        SqlitePoolStore.Open(Store, new ManualTimeProvider(), new SqliteStoreOptions { AcceptLoss = acceptLoss });

    private static async Task<bool> IsRefusedOrWholeAsync(string path)
    {
        try
        {
            await using var store = SqlitePoolStore.Open(path, new ManualTimeProvider());
            Assert.Equal(Commits, WholeCommit.AssertWhole(await store.OpenAsync(Cancel)));
            return false;
        }
        catch (StoreRefusedException)
        {
            return true;
        }
    }

    private void Damage(string what)
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
    private Dictionary<string, string> Files() => ((string[])["", "-wal", ".commits"]).Select(ending => Store + ending)
        .Where(file => File.Exists(file) && new FileInfo(file).Length > 0)
        .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));
}
