using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Gathers what is wrong with one draft, so that its user hears everything at once.</summary>
/// <param name="prefix">Put before each field's name: empty, or <c>jobs[3].</c>.</param>
internal sealed class FaultList(string prefix)
{
    private readonly List<Fault> _faults = [];

    public IReadOnlyList<Fault> All => _faults;

    public bool Any => _faults.Count > 0;

    /// <summary>The field as the user knows it.</summary>
    public string Name(string field) => prefix + field;

    public void Add(string field, string value, string allowed) => _faults.Add(FaultText.Of(Name(field), value, allowed));

    /// <summary>Adds a parser's fault, whose field is named already; null is none.</summary>
    public void Add(Fault? fault)
    {
        if (fault is not null) _faults.Add(fault);
    }

    /// <summary>Adds a fault when <paramref name="ok"/> is false.</summary>
    public void Require(bool ok, string field, string value, string allowed)
    {
        if (!ok) Add(field, value, allowed);
    }
}
