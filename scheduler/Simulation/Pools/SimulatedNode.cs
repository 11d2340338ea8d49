using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Simulation.Pools;

/// <summary>A machine with a worker that does what it is told at once.</summary>
internal sealed class SimulatedNode(NodeId id, NodeInventory inventory)
{
    private readonly HashSet<string> gone = new(StringComparer.Ordinal);
    private long sequence;
    private int boots = 1;
    private int sessions;

    public NodeId Id => id;

    public NodeInventory Inventory => inventory;

    public bool Up { get; private set; } = true;

    /// <summary>The same machine before anything has happened to it.</summary>
    public SimulatedNode Fresh() => new(id, inventory);

    private string Session => $"{id}-{sessions}";

    /// <param name="running">Attempts that live on it.</param>
    public PoolInput.NodeJoined Join(IEnumerable<AttemptId> running)
    {
        sessions++;
        var cards = inventory with { Devices = [.. inventory.Devices.Where(card => !gone.Contains(card.Uuid))] };
        return new(
            id, Session, $"boot-{boots}", "simulated", cards, [.. running.Select(attempt => new HeldAttempt(attempt, Running: true))]);
    }

    public PoolInput.NodeLeft Fail()
    {
        Up = false;
        boots++;
        return new(id, Session, "fault");
    }

    public void Repair() => Up = true;

    public void Lose(string uuid) => gone.Add(uuid);

    public void GetBack(string uuid) => gone.Remove(uuid);

    public PoolInput.Reported Report(AttemptId attempt, DateTimeOffset time, AttemptEvent happened) =>
        new(id, ++sequence, attempt, time, happened);
}
