using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Reports;
using GpuScheduler.Worker.Stores;

namespace GpuScheduler.Worker;

/// <summary>
/// Who a data directory is: an id of its own, by which a scheduler knows it again under any name, and the node's name. Attempts were
/// given to a name, so the name stays until all of them have ended and the scheduler knows it.
/// </summary>
/// <param name="Instance">Random, made with the directory.</param>
/// <param name="Node">The name in force.</param>
internal sealed record NodeIdentity(string Instance, string Node)
{
    /// <summary>Tells the directory from its copies on this machine; empty: not known.</summary>
    public string Folder { get; init; } = "";

    /// <param name="home">The directory, locked.</param>
    /// <param name="wanted">The name by the command line, the inventory, or else the host's.</param>
    /// <param name="isAsked">It was given by the command line or the inventory.</param>
    /// <param name="newId">Makes an id for a directory that has none.</param>
    /// <param name="tell">Hears of a name that is another one than before, or than the host's now.</param>
    /// <exception cref="StartupException">The directory has work under another name.</exception>
    public static NodeIdentity Take(WorkerHome home, string wanted, bool isAsked, Func<string> newId, Action<string>? tell = null)
    {
        var known = Read(home);
        if (known is null || known.Node == wanted) return known ?? Keep(home, new(newId(), wanted));
        var open = OpenWork(home);
        if (open == 0)
        {
            tell?.Invoke(Renamed(known.Node, wanted, isAsked));
            return Keep(home, known with { Node = wanted });
        }

        if (!isAsked)
        {
            tell?.Invoke(
                $"This host is called {wanted} now. The node stays {known.Node} until the scheduler has heard of the end of {open} of its "
                    + $"attempts; --name {known.Node} keeps the name for good");
            return known;
        }

        throw new StartupException(
            $"--name is '{wanted}', but --data '{home.Root}' belongs to node {known.Node}, and the scheduler has still to hear of "
                + $"{open} of its attempts; allowed: --name {known.Node} until they have ended, or another --data for {wanted}");
    }

    private static string Renamed(string before, string now, bool isAsked) => isAsked
        ? $"The node was called {before} and is {now} from now on, as it was told"
        : $"The node was called {before} and is {now} from now on, as this host is called so; --name {before} keeps the name. Rules of "
            + $"the pool and waiting jobs that name {before} don't mean it any more";

    private static NodeIdentity? Read(WorkerHome home) =>
        File.Exists(home.InstanceFile) && File.ReadAllText(home.InstanceFile).Trim().Split(' ') is [var id, var node]
            ? new(id, node)
            : null;

    private static NodeIdentity Keep(WorkerHome home, NodeIdentity identity)
    {
        DurableFile.Write(home.InstanceFile, $"{identity.Instance} {identity.Node}\n");
        return identity;
    }

    /// <summary>Attempts that run, or whose end may not have arrived.</summary>
    private static int OpenWork(WorkerHome home) => home.Folders().Select(folder => new DataDirectory(folder)).Sum(data =>
        AttemptFolders.In(data).Count(attempt => attempt is { IsReported: false, Exists: true })
        + OutboxFiles.EndsAfter(data.Outbox, StoreMark.Open(data).Acknowledged));
}
