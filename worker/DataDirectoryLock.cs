using System.Globalization;
using GpuScheduler.Worker.JobFiles;

namespace GpuScheduler.Worker;

/// <summary>Holds a data directory for one agent. The kernel lets go of it when the process dies, however it dies.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <exception cref="StartupException">Another agent runs on this directory.</exception>
    public static DataDirectoryLock Take(WorkerHome home)
    {
        try
        {
            // FileShare.None takes an flock on Linux.
            return new(new FileStream(home.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new StartupException(
                $"--data '{home.Root}' is in use by another gpusched-worker; allowed: one worker per directory. "
                + "Stop the other one, or give this one a directory of its own.");
        }
    }

    /// <summary>Names the locked file on this machine: that of a copied directory is another one. Empty: the kernel doesn't tell.</summary>
    public string Folder()
    {
        try
        {
            var facts = FileFacts.Of(_file.SafeFileHandle);
            return string.Create(CultureInfo.InvariantCulture, $"{facts.Disk.Major}:{facts.Disk.Minor}:{facts.Inode}");
        }
        catch (IOException)
        {
            return "";
        }
    }

    public void Dispose() => _file.Dispose();
}
