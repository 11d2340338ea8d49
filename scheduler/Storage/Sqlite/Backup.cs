using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>Copies a store that is in use.</summary>
internal static class Backup
{
    /// <summary>Copies into a file of another name and renames it when it is durable: a backup that exists is complete.</summary>
    public static void Write(string source, string target)
    {
        if (File.Exists(target)) throw new IOException($"{target}: exists already; name a new file for the backup");
        var partial = target + ".partial";
        File.Delete(partial);
        try
        {
            Copy(source, partial);
            File.Move(partial, target);
        }
        catch (SqliteException fault) when (Faults.IsOutside(fault))
        {
            throw new IOException($"{target}: the backup can't be written ({fault.Message})", fault);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Copy(string source, string partial)
    {
        using (var connection = Connections.OpenCopier(source))
        using (var copy = new Statement(connection, "VACUUM INTO ?"))
            copy.Bind(partial).Run();
        using var file = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
