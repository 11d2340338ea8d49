using GpuScheduler.Worker.Stores;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Stores;

/// <summary>The data of a worker from before stores had an identity: the folder that 0.1.0 wrote.</summary>
public sealed class OldFolderTests : IDisposable
{
    private static readonly StoreKey A = new("aaaa", 1);
    private static readonly StoreKey B = new("bbbb", 1);

    private readonly TemporaryFolder _folder = new();

    private WorkerHome Home => new(Path.Combine(_folder.Path, "data"));

    private Task<StoreShelf> OpenAsync() => Shelf.OpenAsync(Home);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_from_before_identities_belongs_to_the_first_store_that_takes_it()
    {
        CopyOld();
        await using var shelf = await OpenAsync();
        Assert.Null(shelf.InService!.Mark.Claim());

        Assert.False(await shelf.ServeAsync(A, takesOld: true));

        Assert.Equal(Home.Root, shelf.InService.Data.Root);
        Assert.Equal(9, shelf.InService.Mark.Claim()!.JobNumber);
        Assert.True(await shelf.ServeAsync(B, takesOld: true));
        Assert.Equal(Home.FolderOf(B), shelf.InService.Data.Root);
    }

    [Fact]
    public async Task A_folder_from_before_identities_is_set_aside_for_any_other_store()
    {
        CopyOld();
        await using var shelf = await OpenAsync();

        Assert.True(await shelf.ServeAsync(A, takesOld: false));

        Assert.Equal(Home.FolderOf(A), shelf.InService!.Data.Root);
        Assert.Empty(Assert.Single(shelf.Kept()).Name.Id);
        Assert.True(Directory.Exists(Path.Combine(Home.Root, "attempts", "1.1")));
    }

    [Fact]
    public async Task A_folder_that_was_removed_by_hand_is_told_no_longer()
    {
        CopyOld();
        await using var shelf = await OpenAsync();
        await shelf.ServeAsync(A, takesOld: false);
        await shelf.ServeAsync(B, takesOld: false);
        Assert.Equal(2, shelf.Kept().Count);

        Directory.Delete(Home.FolderOf(A), recursive: true);
        Assert.Empty(Assert.Single(shelf.Kept()).Name.Id);
        Directory.Delete(Path.Combine(Home.Root, "attempts"), recursive: true);

        Assert.Empty(shelf.Kept());
    }

    private void CopyOld()
    {
        var from = Path.Combine(Repository(), "tests", "Fixtures", "v0.1.0", "worker");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(Home.Root, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GpuScheduler.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
