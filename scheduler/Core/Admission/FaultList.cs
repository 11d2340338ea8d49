using System.Runtime.CompilerServices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Gathers what is wrong with one draft, so that its user hears everything at once.</summary>
/// <param name="prefix">Put before each field's name: empty, or <c>jobs[3].</c>.</param>
internal sealed class FaultList(string prefix)
{
    private readonly List<Fault> _faults = [];

    public IReadOnlyList<Fault> All => _faults;

    public bool Any => _faults.Count > 0;

    public void Add(string field, string value, string allowed) => Add(FaultText.Of(field, value, allowed));

    /// <summary>Adds a fault, whose field is the draft's; null is none.</summary>
    public void Add(Fault? fault)
    {
        if (fault is not null) _faults.Add(prefix.Length == 0 ? fault : FaultText.Of(prefix + fault.Field, fault.Value, fault.Allowed));
    }

    /// <summary>Adds a fault when <paramref name="ok"/> is false.</summary>
    public void Require(
        bool ok, [InterpolatedStringHandlerArgument(nameof(ok))] FaultWords field,
        [InterpolatedStringHandlerArgument(nameof(ok))] FaultWords value,
        [InterpolatedStringHandlerArgument(nameof(ok))] FaultWords allowed)
    {
        if (!ok) Add(field.Take(), value.Take(), allowed.Take());
    }
}
