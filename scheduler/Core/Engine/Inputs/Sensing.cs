namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>A worker read its cards' sensors. Nothing of it is durable: it is read again when the worker is back.</summary>
internal static class Sensing
{
    public static PoolReply? Take(Turn turn, PoolInput.CardsRead read)
    {
        if (turn.State.Map.Find(read.Node) is { } slot && slot.Node.Session == read.Session) turn.State.Map.Read(slot, read.Readings);
        return null;
    }
}
