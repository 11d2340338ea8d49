using System.Globalization;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;

namespace GpuScheduler.Worker.Stores;

/// <summary>
/// Which store a folder belongs to, and what was last heard of it: one line in the file "store": id, generation, opening, commit,
/// highest job number, last acknowledged report. The numbers may lag behind after a crash of the agent; they never lead.
/// </summary>
internal sealed class StoreMark
{
    private readonly string _file;
    private readonly Lock _gate = new();
    private readonly ServedStore _heard;
    private long _acknowledged;
    private string _written;

    private StoreMark(string file, ServedStore heard, long acknowledged, string written) =>
        (_file, _heard, _acknowledged, _written) = (file, heard, acknowledged, written);

    /// <summary>Null: the folder is from before stores had identities, and no store has taken it.</summary>
    public StoreKey? Store
    {
        get
        {
            lock (_gate)
            {
                return _heard.Name is { } name ? StoreKey.Of(name) : null;
            }
        }
    }

    /// <summary>Reports up to here are the scheduler's.</summary>
    public long Acknowledged
    {
        get
        {
            lock (_gate)
            {
                return _acknowledged;
            }
        }
    }

    /// <summary>The highest job number is also in the attempts' names, which survive what the file may have missed.</summary>
    public static StoreMark Open(DataDirectory data)
    {
        var line = File.Exists(data.StoreFile) ? File.ReadAllText(data.StoreFile).Trim() : "";
        var (heard, acknowledged) = Parse(line);
        foreach (var folder in AttemptFolders.In(data)) Raise(heard, folder.Key.JobId);
        return new(data.StoreFile, heard, acknowledged, line);
    }

    /// <returns>Null for a folder that no store has taken, or that has no readable mark.</returns>
    public static StoreKey? Read(string folder)
    {
        try
        {
            var file = Path.Combine(folder, "store");
            return File.Exists(file) && Parse(File.ReadAllText(file).Trim()).Heard.Name is { } name ? StoreKey.Of(name) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Removed between two looks, or not to be read.
            return null;
        }
    }

    /// <summary>For the hello; null where no store can be named.</summary>
    public ServedStore? Claim()
    {
        lock (_gate)
        {
            return _heard.Name is null ? null : _heard.Clone();
        }
    }

    /// <summary>The folder is this store's.</summary>
    /// <exception cref="IOException">It could not be written down: then nothing may be put into the folder either.</exception>
    public void Take(StoreKey store)
    {
        lock (_gate)
        {
            _heard.Name = new() { Id = store.Id, Generation = store.Generation };
            Write_NeedsLock();
        }
    }

    /// <summary>A session begins.</summary>
    public void Welcome(string opening, long commit)
    {
        lock (_gate)
        {
            (_heard.Opening, _heard.Commit) = (opening, commit);
        }

        Keep();
    }

    public void Heard(long commit)
    {
        lock (_gate)
        {
            _heard.Commit = Math.Max(_heard.Commit, commit);
        }
    }

    public void Given(string job)
    {
        lock (_gate)
        {
            Raise(_heard, job);
        }
    }

    public void NoteAcknowledged(long sequence)
    {
        lock (_gate)
        {
            _acknowledged = Math.Max(_acknowledged, sequence);
        }
    }

    /// <summary>Writes down what has changed. A full disk, or a folder that was removed, is found by those who must have it.</summary>
    public void Keep()
    {
        lock (_gate)
        {
            try
            {
                if (_heard.Name is not null) Write_NeedsLock();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // As said above: the claim then lags by what was heard since.
            }
        }
    }

    private void Write_NeedsLock()
    {
        var opening = _heard.Opening.Length > 0 ? _heard.Opening : "-";
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{_heard.Name.Id} {_heard.Name.Generation} {opening} {_heard.Commit} {_heard.JobNumber} {_acknowledged}");
        if (line == _written && File.Exists(_file)) return;
        DurableFile.Write(_file, line + "\n");
        _written = line;
    }

    private static (ServedStore Heard, long Acknowledged) Parse(string line)
    {
        var words = line.Split(' ');
        if (words.Length != 6 || words[1..2].Concat(words[3..]).Any(word => !long.TryParse(word, CultureInfo.InvariantCulture, out _)))
            return (new(), 0);
        return (new()
        {
            Name = new() { Id = words[0], Generation = Number(words[1]) },
            Opening = words[2] == "-" ? "" : words[2],
            Commit = Number(words[3]),
            JobNumber = Number(words[4]),
        }, Number(words[5]));
    }

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);

    private static void Raise(ServedStore heard, string job)
    {
        if (long.TryParse(job.Split('_')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            heard.JobNumber = Math.Max(heard.JobNumber, number);
    }
}
