using GpuScheduler.Worker.Execution;

namespace GpuScheduler.Worker;

/// <summary>Where everything that must survive the agent lies; worker/README.md shows the tree.</summary>
internal sealed class DataDirectory
{
    public DataDirectory(string root)
    {
        Root = Path.GetFullPath(root);
        foreach (var folder in new[] { Root, Attempts, Checkpoints, Outbox, Bells, Logs })
            Directory.CreateDirectory(folder);
    }

    public string Root { get; }

    public string Attempts => Path.Combine(Root, "attempts");

    public string Checkpoints => Path.Combine(Root, "checkpoints");

    public string Outbox => Path.Combine(Root, "outbox");

    /// <summary>The folder that the agent has watched; nothing but the bell lies in it.</summary>
    public string Bells => Path.Combine(Root, "bells");

    /// <summary>A supervisor adds its attempt's name here when that has ended.</summary>
    public string Bell => Path.Combine(Bells, "ended");

    public string Logs => Path.Combine(Root, "logs");

    public string BootIdFile => Path.Combine(Root, "boot-id");

    /// <summary>Where this worker's control groups lie; see GroupHistory.</summary>
    public string GroupsFile => Path.Combine(Root, "groups");

    public string LockFile => Path.Combine(Root, "lock");

    public AttemptFolder Attempt(AttemptKey key) =>
        new(Path.Combine(Attempts, key.FolderName), key);
}
