using System.Diagnostics;
using GpuScheduler.Worker.JobFiles;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.JobFiles;

public sealed class FolderRemovalTests : IDisposable
{
    private readonly TemporaryFolder _outside = new();

    public void Dispose() => _outside.Dispose();

    [Theory]
    [InlineData("touch a; mkdir -p b/c; touch b/c/d .e; mkdir b/empty")]
    [InlineData("mkfifo f; ln -s /dev/zero z; ln -s nowhere n")]
    [InlineData("mkdir -p closed/in; touch closed/in/f; chmod 0 closed/in closed")]
    public async Task Everything_goes(string make)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_outside.Path, "job")).FullName;
        Run(folder, make);

        await new JobFileThreads().RunAsync(() => FolderRemoval.Remove(folder));

        Assert.Empty(Directory.GetFileSystemEntries(_outside.Path));
    }

    [Theory]
    [InlineData("d", 400)]
    [InlineData("a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name", 20)]
    public async Task What_lies_deeper_than_a_path_reaches_goes(string name, int depth)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_outside.Path, "job")).FullName;
        var chain = string.Join('/', Enumerable.Repeat(name, depth));
        for (var i = 0; i < 6; i++)
        {
            var bottom = Directory.CreateDirectory(Path.Combine(folder, $"{i}", chain)).FullName;
            File.WriteAllText(Path.Combine(bottom, "file"), "");
            if (i > 0)
                Directory.Move(Path.Combine(folder, $"{i - 1}"), Path.Combine(bottom, "inner"));
        }

        await new JobFileThreads().RunAsync(() => FolderRemoval.Remove(folder));

        Assert.Empty(Directory.GetFileSystemEntries(_outside.Path));
    }

    [Fact]
    public void What_a_link_leads_to_stays()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_outside.Path, "job")).FullName;
        var kept = _outside.File("kept", "");
        File.CreateSymbolicLink(Path.Combine(folder, "file"), kept);
        Directory.CreateSymbolicLink(Path.Combine(folder, "folder"), _outside.Path);

        FolderRemoval.Remove(folder);
        FolderRemoval.Remove(Directory.CreateSymbolicLink(Path.Combine(_outside.Path, "itself"), _outside.Path).FullName);

        Assert.Equal([kept], Directory.GetFileSystemEntries(_outside.Path));
    }

    private static void Run(string folder, string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", line]) { WorkingDirectory = folder })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
