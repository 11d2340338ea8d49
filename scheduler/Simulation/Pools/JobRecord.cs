using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Simulation.Pools;

/// <summary>A job's dates, in s from the start of the replay.</summary>
internal sealed class JobRecord(SimulatedJob job, double submitted)
{
    public SimulatedJob Job => job;

    public double Submitted => submitted;

    public string Tier { get; set; } = "";

    /// <summary>Asked for on each machine; a part of a card counts as one.</summary>
    public int CardsOnNode { get; private set; }

    /// <summary>Asked for in all; a part of a card counts as the part.</summary>
    public double Cards { get; private set; }

    /// <summary>Asked for in all.</summary>
    public int Cores { get; private set; }

    public double? Started { get; set; }

    public double? Ended { get; set; }

    public JobState? Outcome { get; set; }

    public int Attempts { get; set; }

    /// <summary>In the queue: submitted or queued again, and nothing granted.</summary>
    public bool Waits { get; set; }

    /// <summary>Why it has not ended when nothing more happens, as <c>explain</c> would say it; null: it has ended.</summary>
    public Explanation? WhyUnended { get; set; }

    public double? Jct => Ended - Submitted;

    public double? Wait => Started - Submitted;

    /// <summary>What the scheduler made of its words.</summary>
    public void Admitted(JobSpec spec)
    {
        var request = spec.Request;
        (Tier, Cores) = (spec.Tier, request.CpuCores * request.NodeCount);
        if (request.Gpu is not { } gpu)
            return;

        CardsOnNode = gpu.Alternatives[0].Count;
        Cards = CardsOnNode * request.NodeCount * (double)(gpu.Share?.Milli ?? DeviceShare.Whole) / DeviceShare.Whole;
    }
}

/// <summary>An attempt on a card, or on the cores of a machine; times in s from the start of the replay.</summary>
/// <param name="Card">Its uuid; empty for work without cards.</param>
/// <param name="Node">The machine.</param>
/// <param name="Class">Of the card; cpu for cores.</param>
/// <param name="Amount">Cards or cores: a shared card counts as the part that was granted.</param>
/// <param name="Job">Whose.</param>
/// <param name="Start">When it was granted.</param>
/// <param name="End">When it was given back.</param>
/// <param name="Lost">s of it that were worked in vain.</param>
/// <param name="Restart">s of it before work went on.</param>
/// <param name="Done">It brought its job to the end.</param>
/// <param name="Cause">What ended it.</param>
internal sealed record Span(
    string Card, string Node, DeviceClass Class, double Amount, JobRecord Job, double Start, double End, double Lost, double Restart,
    bool Done, EndCause Cause)
{
    public double Length => End - Start;
}

/// <summary>Somebody joined the queue (+1) or left it (-1); s from the start of the replay.</summary>
internal readonly record struct QueueStep(double Time, JobRecord Job, int Change);
