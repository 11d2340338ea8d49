using GpuScheduler.Worker.Stores;

namespace GpuScheduler.Worker;

/// <summary>A worker's data directory as a whole: what is the machine's, and a folder for each store; worker/README.md shows the
/// tree.</summary>
internal sealed class WorkerHome
{
    private const string StoresFolder = "stores";

    public WorkerHome(string root)
    {
        Root = Path.GetFullPath(root);
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Logs);
    }

    public string Root { get; }

    public string Logs => Path.Combine(Root, "logs");

    public string BootIdFile => Path.Combine(Root, "boot-id");

    public string LockFile => Path.Combine(Root, "lock");

    /// <summary>Who this directory is: its own id, and the node's name.</summary>
    public string InstanceFile => Path.Combine(Root, "instance");

    /// <summary>Names the store's folder that is in service.</summary>
    public string InServiceFile => Path.Combine(Root, "in-service");

    /// <summary>Folders of all stores that have one. Before stores had identities, attempts lay in the root itself.</summary>
    public IEnumerable<string> Folders()
    {
        if (HasOldFolder) yield return Root;
        var stores = Path.Combine(Root, StoresFolder);
        if (!Directory.Exists(stores)) yield break;
        foreach (var folder in Directory.GetDirectories(stores).Order(StringComparer.Ordinal)) yield return folder;
    }

    /// <summary>False for a folder that was removed.</summary>
    public bool IsKept(string folder) => folder == Root ? HasOldFolder : Directory.Exists(folder);

    public bool HasOldFolder => Directory.Exists(Path.Combine(Root, "attempts"));

    /// <summary>Where a store's folder is made.</summary>
    public string FolderOf(StoreKey store) => Path.Combine(Root, StoresFolder, $"{store.Id}-{store.Generation}");
}
