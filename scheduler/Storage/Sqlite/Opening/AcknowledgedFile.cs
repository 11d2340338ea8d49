using System.Text;
using Microsoft.Win32.SafeHandles;

namespace GpuScheduler.Storage.Sqlite.Opening;

/// <summary>
/// Names the newest acknowledged commit in a file beside the store, so that a store which lost commits is noticed. Written after
/// each commit without an fsync: a killed process leaves it exact; after a power cut it may name an older commit, never one
/// that was not durable. Two places take turns, so that a torn write leaves the other one.
/// </summary>
internal sealed class AcknowledgedFile : IDisposable
{
    // A line fits well; a place for each disk sector.
    private const int PlaceBytes = 512;
    private const int Places = 2;

    private readonly SafeFileHandle _file;
    private int _turn;

    private AcknowledgedFile(SafeFileHandle file) => _file = file;

    public static string PathOf(string store) => store + ".commits";

    /// <summary>Null: the file is not there, or names nothing that can be read.</summary>
    public static AcknowledgedCommit? Read(string store)
    {
        var path = PathOf(store);
        if (!File.Exists(path)) return null;
        var bytes = new byte[PlaceBytes * Places];
        using var file = File.OpenHandle(path);
        var read = RandomAccess.Read(file, bytes, 0);
        return Enumerable.Range(0, Places).Select(place => place * PlaceBytes).Where(at => at < read)
            .Select(at => AcknowledgedCommit.Read(Encoding.ASCII.GetString(bytes, at, Math.Min(PlaceBytes, read - at))))
            .OfType<AcknowledgedCommit>().MaxBy(commit => commit.Number);
    }

    /// <summary>Begins to keep it, with what the store has now.</summary>
    public static AcknowledgedFile Open(string store, AcknowledgedCommit now)
    {
        var opened = new AcknowledgedFile(File.OpenHandle(PathOf(store), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite));
        // Both places: what they said before may be of another store.
        for (var place = 0; place < Places; place++) opened.Put(now);
        RandomAccess.FlushToDisk(opened._file);
        return opened;
    }

    /// <summary>The commit is durable already: that it can't be named here is no reason to fail it.</summary>
    public void Name(AcknowledgedCommit commit)
    {
        try
        {
            Put(commit);
        }
        catch (IOException)
        {
            // The file lags, as after a power cut.
        }
    }

    public void Dispose() => _file.Dispose();

    private void Put(AcknowledgedCommit commit)
    {
        RandomAccess.Write(_file, Encoding.ASCII.GetBytes(commit.Write().PadRight(PlaceBytes - 1) + '\n'), _turn * (long)PlaceBytes);
        _turn = (_turn + 1) % Places;
    }
}
