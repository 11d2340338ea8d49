using System.Globalization;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>
/// Keeps a second scheduler from opening the same store: an operating-system lock on a file beside it, which vanishes with
/// the process however it ends. The files stay: the locked one, which others can't read, and one that names the holder's process.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="StoreRefusedException">Another process holds it, or the folder can't be written.</exception>
    public static StoreLock Take(string storePath)
    {
        try
        {
            var held = new StoreLock(new FileStream(storePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            NameHolder(storePath);
            return held;
        }
        catch (IOException held) when (IsHeld(held))
        {
            throw new StoreRefusedException(
                $"{storePath}: in use by another scheduler (process {ReadHolder(storePath)}); stop it first, or choose another data folder",
                held);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException(
                $"{storePath}: can't be locked ({failed.Message}); check the folder's permissions and free space", failed);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string HolderPath(string storePath) => storePath + ".holder";

    // EWOULDBLOCK of Linux and of macOS, and Windows' sharing violation.
    private static bool IsHeld(IOException failed) => failed.HResult is 11 or 35 or unchecked((int)0x80070020);

    // For the message only: not worth refusing a start.
    private static void NameHolder(string storePath)
    {
        try
        {
            File.WriteAllText(HolderPath(storePath), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            File.Delete(HolderPath(storePath));
        }
    }

    private static string ReadHolder(string storePath)
    {
        try
        {
            return File.ReadAllText(HolderPath(storePath)).Trim();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }
}
