using System.Globalization;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>
/// Keeps a second scheduler from opening the same store: an operating-system lock on a file beside it, which vanishes with
/// the process however it ends. The file itself stays; it holds the holder's process id, for the message.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="StoreRefusedException">Another process holds it, or the folder can't be written.</exception>
    public static StoreLock Take(string storePath)
    {
        var path = storePath + ".lock";
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            WriteHolder(file);
            return new StoreLock(file);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new StoreRefusedException($"{storePath}: its folder can't be written by this user ({denied.Message})", denied);
        }
        catch (IOException failed) when (failed is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            throw new StoreRefusedException(Message(storePath, path, failed), failed);
        }
        catch (IOException failed)
        {
            throw new StoreRefusedException($"{storePath}: can't be opened ({failed.Message})", failed);
        }
    }

    public void Dispose() => _file.Dispose();

    private static void WriteHolder(FileStream file)
    {
        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
    }

    private static string Message(string storePath, string path, IOException failed)
    {
        var holder = ReadHolder(path);
        return holder.Length > 0
            ? $"{storePath}: in use by another scheduler (process {holder}); stop it first, or choose another data folder"
            : $"{storePath}: can't be locked ({failed.Message})";
    }

    private static string ReadHolder(string path)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd().Trim();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
