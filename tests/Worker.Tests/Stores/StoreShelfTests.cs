using GpuScheduler.Worker.CommandLine;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Supervision;
using GpuScheduler.Worker.Stores;
using GpuScheduler.Worker.Tests.Fixture;
using Microsoft.Extensions.Logging.Abstractions;
using Serilog.Events;

namespace GpuScheduler.Worker.Tests.Stores;

/// <summary>A folder for each store, one in service, none forgotten.</summary>
public sealed class StoreShelfTests : IDisposable
{
    private static readonly StoreKey A = new("aaaa", 1);
    private static readonly StoreKey B = new("bbbb", 1);

    private readonly TemporaryFolder _folder = new();

    private WorkerHome Home => new(Path.Combine(_folder.Path, "data"));

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

    [Fact]
    public void A_name_stays_while_the_scheduler_has_still_to_hear_of_attempts()
    {
        var first = NodeIdentity.Take(Home, "desk", isAsked: true, () => "id");
        var data = new DataDirectory(Home.FolderOf(A));
        data.Attempt(new("1", 1)).Create(Order());

        var refused = Assert.Throws<StartupException>(() => NodeIdentity.Take(Home, "desk-new", isAsked: true, () => "other"));
        Assert.Contains("belongs to node desk", refused.Message, StringComparison.Ordinal);
        Assert.Equal(first, NodeIdentity.Take(Home, "the-hosts-new-name", isAsked: false, () => "other"));

        data.Attempt(new("1", 1)).MarkReported();
        Assert.Equal(new NodeIdentity("id", "desk-new"), NodeIdentity.Take(Home, "desk-new", isAsked: true, () => "other"));
    }

    [Fact]
    public void A_copied_folder_is_told_from_the_first_which_stays_the_same_through_a_restart()
    {
        string Folder(WorkerHome home)
        {
            using var taken = DataDirectoryLock.Take(home);
            return taken.Folder();
        }

        var first = Folder(Home);
        var copy = new WorkerHome(Path.Combine(_folder.Path, "copy"));
        File.Copy(Home.LockFile, copy.LockFile);

        Assert.Matches("^[0-9]+:[0-9]+:[0-9]+$", first);
        Assert.Equal(first, Folder(Home));
        Assert.NotEqual(first, Folder(copy));
    }

    [Fact]
    public void A_host_that_was_renamed_is_told_whatever_becomes_of_the_nodes_name()
    {
        var told = new List<string>();
        NodeIdentity Take(string name, bool isAsked) => NodeIdentity.Take(Home, name, isAsked, () => "id", told.Add);
        Take("desk", isAsked: false);
        Take("desk", isAsked: false);
        Assert.Empty(told);
        var attempt = new DataDirectory(Home.FolderOf(A)).Attempt(new("1", 1));
        attempt.Create(Order());

        Take("desk-new", isAsked: false);
        attempt.MarkReported();
        Take("desk-new", isAsked: false);
        Take("lab", isAsked: true);

        Assert.Equal(3, told.Count);
        Assert.StartsWith("This host is called desk-new now. The node stays desk until", told[0], StringComparison.Ordinal);
        Assert.StartsWith("The node was called desk and is desk-new from now on, as this host", told[1], StringComparison.Ordinal);
        Assert.Equal("The node was called desk-new and is lab from now on, as it was told", told[2]);
    }

    [Fact]
    public void A_new_folder_beside_that_of_another_name_is_told_once()
    {
        var old = new WorkerHome(Path.Combine(_folder.Path, "worker-desk"));
        NodeIdentity.Take(old, "desk", isAsked: false, () => "id");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "worker-nothing"));
        var path = Path.Combine(_folder.Path, "worker-desk-new");

        var others = OtherNames.Beside(path);

        Assert.Equal(["desk"], others);
        Assert.Contains("--name desk", OtherNames.Words("desk-new", path, others), StringComparison.Ordinal);
        Directory.CreateDirectory(path);
        Assert.Empty(OtherNames.Beside(path));
    }

    private async Task<StoreShelf> OpenAsync()
    {
        var options = new WorkerOptions(new("http://127.0.0.1:1"), null, null, null, LogEventLevel.Warning, false)
        {
            Groups = CgroupChoice.Off,
        };
        var program = SupervisorProgram.Install(SupervisorChoice.Shell, Home.Root, NullLogger<SupervisorProgram>.Instance);
        var node = NodeFacts.Of("node-a", options.Server, []);
        var shelf = new StoreShelf(Home, new(options, node, program, new(), new(), TimeProvider.System, NullLoggerFactory.Instance));
        await shelf.OpenAsync(rebooted: true);
        return shelf;
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

    private static Protos.V1.Dispatch Order() => Fixture.A.Command("true").With(dispatch => dispatch.JobId = "1");
}
