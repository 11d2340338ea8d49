using GpuScheduler.Worker.Execution;

namespace GpuScheduler.Worker;

/// <summary>A store's folder: where everything of it lies that must survive the agent; worker/README.md shows the tree.</summary>
internal sealed class DataDirectory
{
    public DataDirectory(string root)
    {
        Root = Path.GetFullPath(root);
        MakeFolders();
    }

    /// <summary>Makes those that are missing, also later: someone may remove one while the worker runs.</summary>
    /// <exception cref="IOException">One can't be made.</exception>
    public void MakeFolders()
    {
        foreach (var folder in new[] { Root, Attempts, Checkpoints, Outbox, Bells })
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

    /// <summary>Which store's it is; see StoreMark.</summary>
    public string StoreFile => Path.Combine(Root, "store");

    public AttemptFolder Attempt(AttemptKey key) =>
        new(Path.Combine(Attempts, key.FolderName), key);
}
