using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>Where the processes of a gang find one another.</summary>
internal static class MeetingPlace
{
    /// <summary>Above the well-known ports, and below those that Linux gives to outgoing connections.</summary>
    public const int FirstPort = 20_000;

    public const int Ports = 10_000;

    private const string Loopback = "127.0.0.1";

    /// <summary>A prime, so that elements of an array, and attempts of a job, begin to look at ports far from one another's.</summary>
    private const long Step = 7919;

    /// <summary>What a rank is told; the same however often it is asked.</summary>
    public static GangPlace Of(PoolState state, Attempt attempt, int rank)
    {
        var allocation = attempt.Allocation;
        var addresses = allocation.Nodes.Select(share => AddressOf(state, share.Node)).ToList();
        // Workers that give one and the same address share a machine: there loopback works, whatever its name resolves to.
        var address = addresses.TrueForAll(one => one == addresses[0]) ? Loopback : addresses[0];
        var port = allocation.MeetingPort > 0 ? allocation.MeetingPort : PortOf(attempt.Id.Job, 1);
        return new GangPlace(rank, [.. allocation.Nodes.Select(share => share.Node)], address, port);
    }

    /// <summary>A port that no other gang meets on at the head's machine, another one for each attempt: what else listens there only its
    /// worker can find out, and then refuses the attempt.</summary>
    public static int PortFor(PoolState state, Job job, Allocation allocation)
    {
        var machine = AddressOf(state, allocation.Head.Node);
        var taken = state.Map.Slots.Where(slot => slot.Holds.Count > 0 && AddressOf(state, slot.Node.Id) == machine)
            .SelectMany(
                slot => slot.Holds.Values.Where(hold => hold.Attempt.Allocation is { IsGang: true } gang && gang.Head.Node == slot.Node.Id))
            .Select(hold => Of(state, hold.Attempt, 0).HeadPort).ToHashSet();
        var port = PortOf(job.Id, job.AttemptNumber + 1);
        for (var tried = 0; tried < Ports && taken.Contains(port); tried++) port = port + 1 < FirstPort + Ports ? port + 1 : FirstPort;
        return port;
    }

    private static int PortOf(JobId id, int attempt) =>
        FirstPort + (int)((id.Number + (id.IsElement ? id.Index * 7L : 0) + ((attempt - 1) * Step)) % Ports);

    private static string AddressOf(PoolState state, NodeId node) =>
        state.FindNode(node) is { Address.Length: > 0 } known ? known.Address : node.Name;
}
