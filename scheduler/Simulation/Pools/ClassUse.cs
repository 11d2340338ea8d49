using GpuScheduler.Core.Model;

namespace GpuScheduler.Simulation.Pools;

/// <summary>What became of the time of one class of cards, in card-seconds; of CPU work, in core-seconds.</summary>
internal sealed class ClassUse
{
    /// <summary>Cards, or cores.</summary>
    public int Capacity { get; set; }

    /// <summary>Granted to attempts, whatever they did with it.</summary>
    public double Held { get; private set; }

    /// <summary>The part of it before the last job came: afterwards a pool runs empty whatever it decides.</summary>
    public double HeldWhileArriving { get; private set; }

    /// <summary>Spent before the work went on.</summary>
    public double Restart { get; private set; }

    /// <summary>Worked, and not kept: done again later. By what ended the attempt.</summary>
    public SortedDictionary<EndCause, double> Lost { get; } = [];

    /// <summary>When cards were broken, each for itself; s.</summary>
    public List<(double Start, double End)> Outages { get; } = [];

    public double Useful => Held - Restart - Lost.Values.Sum();

    public void Add(double amount, double held, double heldArriving, double lost, double restart, EndCause cause)
    {
        Held += amount * held;
        HeldWhileArriving += amount * heldArriving;
        Restart += amount * restart;
        if (lost > 0)
            Lost[cause] = Lost.GetValueOrDefault(cause) + (amount * lost);
    }

    /// <summary>What there was until then, broken or not.</summary>
    public double Offered(double until) => Capacity * until;

    public double Broken(double until) => Outages.Sum(outage => Math.Max(0, Math.Min(outage.End, until) - outage.Start));
}
