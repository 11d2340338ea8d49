using GpuScheduler.Worker.Execution.Groups;

namespace GpuScheduler.Worker.Tests.Execution.Groups;

public sealed class GroupHistoryTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("gpusched-groups-");

    [Fact]
    public void What_an_earlier_agent_used_is_known()
    {
        var (folder, old, now) = (Make("folder"), Make("old"), Make("now"));
        GroupHistory.Add(folder, old);

        Assert.Equal([now, old], GroupHistory.Add(folder, now));
        Assert.Equal([now, old], GroupHistory.Add(folder, now));
    }

    [Fact]
    public void A_copied_folder_does_not_claim_the_groups_of_the_original()
    {
        var (folder, copy, old, now) = (Make("folder"), Make("copy"), Make("old"), Make("now"));
        GroupHistory.Add(folder, old);
        File.Copy(Path.Combine(folder, "groups"), Path.Combine(copy, "groups"));

        Assert.Equal([now], GroupHistory.Add(copy, now));
        Assert.Equal([old], GroupHistory.Add(folder, null));
    }

    [Fact]
    public void A_moved_folder_keeps_them()
    {
        var (folder, old) = (Make("folder"), Make("old"));
        GroupHistory.Add(folder, old);
        var moved = Path.Combine(_root.FullName, "moved");
        Directory.Move(folder, moved);

        Assert.Equal([old], GroupHistory.Add(moved, null));
    }

    [Fact]
    public void A_file_that_an_early_version_wrote_is_read()
    {
        var (folder, old) = (Make("folder"), Make("old"));
        File.WriteAllText(Path.Combine(folder, "groups"), old + "\n");

        Assert.Equal([old], GroupHistory.Add(folder, null));
    }

    public void Dispose() => _root.Delete(recursive: true);

    private string Make(string name) => _root.CreateSubdirectory(name).FullName;
}
