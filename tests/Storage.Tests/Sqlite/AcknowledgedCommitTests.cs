using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Sqlite.Opening;
using GpuScheduler.Storage.Tests.Child;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>The line beside a store that names its last acknowledged commit: it may lag, and never leads.</summary>
public sealed class AcknowledgedCommitTests : LossFixture
{
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
}
