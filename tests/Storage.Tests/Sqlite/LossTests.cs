using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Sqlite.Opening;
using GpuScheduler.Storage.Tests.Child;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>Whatever happens to the files of a store: all that was acknowledged is there, or the start is refused.</summary>
public sealed class LossTests : LossFixture
{
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WithoutTheFileBesideIt_SaysSoOnceAndGoesOn(bool isBroken)
    {
        if (isBroken) await File.WriteAllTextAsync(Names, "nonsense", Cancel);
        else File.Delete(Names);

        await using (var store = Open())
        {
            Assert.Contains(Names, Assert.Single(store.Notes), StringComparison.Ordinal);
            Assert.Equal(Commits, WholeCommit.AssertWhole(await store.OpenAsync(Cancel)));
        }

        await using var again = Open();
        Assert.Empty(again.Notes);
    }

    [Fact]
    public async Task WithoutLogAndFileBesideIt_WhereASchedulerHasWorked_IsRefused()
    {
        Damage("log removed");
        File.Delete(Names);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(Store)!, "store"), "aaaa\n", Cancel);

        var refused = Assert.Throws<StoreLossException>(() => Open());

        Assert.Contains(Names, refused.Message, StringComparison.Ordinal);
        Assert.Throws<StoreLossException>(() => Open());
        await using (var accepted = Open(acceptLoss: true)) Assert.Equal(2, (await accepted.OpenAsync(Cancel)).Identity.Generation);
        await using var again = Open();
        Assert.Empty(again.Notes);
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

    private static async Task<bool> IsRefusedOrWholeAsync(string path)
    {
        try
        {
            await using var store = SqlitePoolStore.Open(path, TestTime.NewClock());
            Assert.Equal(Commits, WholeCommit.AssertWhole(await store.OpenAsync(Cancel)));
            return false;
        }
        catch (StoreRefusedException)
        {
            return true;
        }
    }
}
