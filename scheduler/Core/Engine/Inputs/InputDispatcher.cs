using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Rules;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Hands each input to the one file that knows what to do with it.</summary>
internal sealed class InputDispatcher(DeviceCatalog catalog)
{
    private readonly NodeJoining _joining = new(catalog);
    private (PoolConfig Rules, Submitting Submitting)? _admission;

    /// <summary>Takes one input, and all that follows at once for jobs that depend on others.</summary>
    public PoolReply? Take(Turn turn, PoolInput input)
    {
        var faults = InputRules.Faults(input);
        if (faults.Count > 0) return Refuse(turn, input, faults);
        var reply = Handle(turn, input);
        Dependents.Reconsider(turn);
        return reply;
    }

    /// <summary>A report is acknowledged all the same: its worker would send it for ever.</summary>
    private static PoolReply Refuse(Turn turn, PoolInput input, IReadOnlyList<Fault> faults)
    {
        if (input is PoolInput.Reported { Sequence: <= Limits.Sequence } reported)
            Reporting.Take(turn, PoolInput.Reported.PassedOver(reported.Node, reported.Sequence));
        return new PoolReply.Rejected(faults);
    }

    private PoolReply? Handle(Turn turn, PoolInput input) => input switch
    {
        PoolInput.Submit submit => SubmittingUnder(turn.Config).Take(turn, submit),
        PoolInput.Cancel cancel => Cancelling.Take(turn, cancel),
        PoolInput.Hold hold => Holding.Take(turn, hold),
        PoolInput.Release release => Releasing.Take(turn, release),
        PoolInput.Requeue requeue => Requeueing.Take(turn, requeue),
        PoolInput.NodeJoined joined => _joining.Take(turn, joined),
        PoolInput.StoresKept kept => Elsewhere.Take(turn, kept),
        PoolInput.NodeStopping stopping => NodeStopping.Take(turn, stopping),
        PoolInput.NodeLeft left => NodeLeaving.Take(turn, left),
        PoolInput.Reported reported => Reporting.Take(turn, reported),
        PoolInput.CardsRead read => Sensing.Take(turn, read),
        PoolInput.Drain drain => Draining.Take(turn, drain),
        PoolInput.Resume resume => Resuming.Take(turn, resume),
        PoolInput.Reload reload => Reloading.Take(turn, reload),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "a kind of input that this version doesn't know"),
    };

    /// <summary>Admission under the rules in force, made anew when they change.</summary>
    private Submitting SubmittingUnder(PoolConfig rules)
    {
        if (_admission is not { } admission || !ReferenceEquals(admission.Rules, rules))
            _admission = admission = (rules, new Submitting(new Admitter(rules, catalog), rules, catalog));
        return admission.Submitting;
    }
}
