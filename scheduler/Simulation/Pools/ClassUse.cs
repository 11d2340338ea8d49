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

    /// <summary>The part of it in which its cards were closed or broken: what was granted before, and not given back yet.</summary>
    public double HeldWhileDown { get; set; }

    /// <summary>Card-seconds in which cards were broken.</summary>
    public double Broken { get; set; }

    /// <summary>Card-seconds in which cards were closed by hours, and not broken.</summary>
    public double Closed { get; set; }

    public double Useful => Held - Restart - Lost.Values.Sum();

    public void Add(double amount, double held, double heldArriving, double lost, double restart, EndCause cause)
    {
        Held += amount * held;
        HeldWhileArriving += amount * heldArriving;
        Restart += amount * restart;
        if (lost > 0)
            Lost[cause] = Lost.GetValueOrDefault(cause) + (amount * lost);
    }

    /// <summary>What there was until then, open and healthy or not.</summary>
    public double Offered(double until) => Capacity * until;

    /// <summary>What of it was open and healthy.</summary>
    public double Usable(double until) => Math.Max(0, Offered(until) - Broken - Closed);

    /// <summary>What of that was not held.</summary>
    public double Idle(double until) => Math.Max(0, Usable(until) - (Held - HeldWhileDown));

    /// <summary>Of the hours in which it was open and healthy, what was held, %; 0 where it never was.</summary>
    public double InUsePercent(double until) =>
        Usable(until) is > 0 and var usable ? Math.Clamp(100 * (Held - HeldWhileDown) / usable, 0, 100) : 0;
}
