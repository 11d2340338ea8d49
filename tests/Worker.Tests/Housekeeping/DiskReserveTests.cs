using GpuScheduler.Testing.Disks;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.Housekeeping;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Housekeeping;

/// <summary>A disk runs out of bytes, or of numbers for files.</summary>
public sealed class DiskReserveTests
{
    [SmallDiskFact]
    public void A_disk_with_bytes_left_may_have_too_few_numbers_for_files()
    {
        using var disk = new SmallDisk(8, "nr_inodes=400");
        var reserve = new DiskReserve(null, disk.Path);
        Assert.False(reserve.IsShort);

        var files = Enumerable.Range(0, 385).Select(number => Path.Combine(disk.Path, $"{number}")).ToList();
        files.ForEach(file => File.WriteAllText(file, ""));

        Assert.True(reserve.IsShort);
        Assert.InRange(reserve.Missing().Files, 1, 20);
        Assert.True(reserve.Missing().Bytes <= 0);
        Assert.False(new DiskReserve(0, disk.Path).IsShort);
        files.ForEach(File.Delete);
        Assert.False(reserve.IsShort);
    }

    [SmallDiskFact]
    public void A_full_disk_is_short_of_bytes()
    {
        using var disk = new SmallDisk(1);
        disk.Fill();

        Assert.True(new DiskReserve(null, disk.Path).Missing() is { Bytes: > 0, Files: <= 0 });
    }

    [Fact]
    public void Numbers_are_told_for_a_disk_that_is_there()
    {
        Assert.True(FileNumbers.Of("/") is { } numbers && numbers.Free <= numbers.Total);
        Assert.Null(FileNumbers.Of("/no/such/folder"));
        Assert.False(new DiskReserve(null, "/no/such/folder").IsShort);
    }

    [Fact]
    public void A_folder_takes_bytes_and_numbers()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "a/b"));
        File.WriteAllText(Path.Combine(folder.Path, "a/b/file"), "12345");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link"), "/");

        Assert.Equal(new DiskRoom(5, 4), FolderSize.Of(new(folder.Path)));
    }
}
