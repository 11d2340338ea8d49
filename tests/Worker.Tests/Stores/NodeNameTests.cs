using GpuScheduler.Worker.Stores;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Stores;

/// <summary>Which node a worker's data belongs to, when names change and folders are copied.</summary>
public sealed class NodeNameTests : IDisposable
{
    private static readonly StoreKey A = new("aaaa", 1);

    private readonly TemporaryFolder _folder = new();

    private WorkerHome Home => new(Path.Combine(_folder.Path, "data"));

    public void Dispose() => _folder.Dispose();

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

    private static Protos.V1.Dispatch Order() => Fixture.A.Command("true").With(dispatch => dispatch.JobId = "1");
}
