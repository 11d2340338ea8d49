using GpuScheduler.Worker.Stores;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Stores;

/// <summary>A folder for each store, one in service, none forgotten.</summary>
public sealed class StoreShelfTests : IDisposable
{
    private static readonly StoreKey A = new("aaaa", 1);
    private static readonly StoreKey B = new("bbbb", 1);

    private readonly TemporaryFolder _folder = new();

    private WorkerHome Home => new(Path.Combine(_folder.Path, "data"));

    private Task<StoreShelf> OpenAsync() => Shelf.OpenAsync(Home);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_fresh_directory_names_no_store_until_one_is_met()
    {
        await using var shelf = await OpenAsync();
        Assert.Null(shelf.InService);

        Assert.True(await shelf.ServeAsync(A, takesOld: false));

        Assert.Equal(Home.FolderOf(A), shelf.InService!.Data.Root);
        Assert.Equal(("aaaa", 1), (shelf.InService.Mark.Claim()!.Name.Id, shelf.InService.Mark.Claim()!.Name.Generation));
        Assert.False(await shelf.ServeAsync(A, takesOld: false));
        Assert.Empty(shelf.Kept());
    }

    [Fact]
    public async Task Two_stores_in_turn_get_their_own_folders_back()
    {
        await using (var shelf = await OpenAsync())
        {
            await shelf.ServeAsync(A, takesOld: false);
            shelf.InService!.Mark.Given("41_3");
            shelf.InService.Mark.Welcome("opening", 17);
            await shelf.ServeAsync(B, takesOld: false);
            Assert.Equal("aaaa", Assert.Single(shelf.Kept()).Name.Id);
        }

        await using var again = await OpenAsync();
        Assert.Equal(B, again.InService!.Mark.Store);
        await again.ServeAsync(A, takesOld: false);
        var claim = again.InService.Mark.Claim()!;
        Assert.Equal(("opening", 17, 41), (claim.Opening, claim.Commit, claim.JobNumber));
        Assert.Equal("bbbb", Assert.Single(again.Kept()).Name.Id);
    }

    [Fact]
    public async Task Another_generation_is_another_folder()
    {
        await using var shelf = await OpenAsync();
        await shelf.ServeAsync(A, takesOld: false);

        Assert.True(await shelf.ServeAsync(A with { Generation = 2 }, takesOld: false));

        Assert.Equal(1, Assert.Single(shelf.Kept()).Name.Generation);
    }

    [Fact]
    public async Task A_folder_that_was_removed_by_hand_is_made_anew_when_its_store_comes_back()
    {
        await using (var shelf = await OpenAsync())
        {
            await shelf.ServeAsync(A, takesOld: false);
            await shelf.ServeAsync(B, takesOld: false);
            Directory.Delete(Home.FolderOf(A), recursive: true);

            Assert.True(await shelf.ServeAsync(A, takesOld: false));

            Assert.True(Directory.Exists(shelf.InService!.Data.Checkpoints));
        }

        await using var again = await OpenAsync();
        Assert.Equal(A, again.InService!.Mark.Store);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_tried_again_before_the_next_hello()
    {
        await using var shelf = await OpenAsync();
        await shelf.ServeAsync(A, takesOld: false);
        await shelf.ServeWhatFailedAsync();
        File.WriteAllText(Home.FolderOf(B), "in its place");

        await Assert.ThrowsAnyAsync<IOException>(() => shelf.ServeAsync(B, takesOld: false));
        await Assert.ThrowsAnyAsync<IOException>(shelf.ServeWhatFailedAsync);
        Assert.Equal(A, shelf.InService!.Mark.Store);
        File.Delete(Home.FolderOf(B));
        await shelf.ServeWhatFailedAsync();

        Assert.Equal(B, shelf.InService!.Mark.Store);
    }

    [Fact]
    public async Task A_mark_that_cannot_be_read_is_no_claim()
    {
        await using (var shelf = await OpenAsync()) await shelf.ServeAsync(A, takesOld: false);
        File.WriteAllText(Path.Combine(Home.FolderOf(A), "store"), "aaaa one");

        await using var again = await OpenAsync();

        Assert.Null(again.InService!.Mark.Claim());
    }
}
