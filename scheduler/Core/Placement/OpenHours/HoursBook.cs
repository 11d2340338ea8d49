using GpuScheduler.Core.Calendars;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.OpenHours;

/// <summary>Which nodes have hours, and which. Changed with the rules, and when a node comes with other labels.</summary>
internal sealed class HoursBook(PoolMap map, FamilyBook families)
{
    private readonly List<(NodeRule Rule, NodeHours Hours)> _rules = [];
    private Stay? _stay;

    /// <summary>One for each rule that names hours, in the order of the rules.</summary>
    public IEnumerable<NodeHours> All => _rules.Select(entry => entry.Hours);

    /// <summary>Some rule names hours.</summary>
    public bool Any => _rules.Count > 0;

    /// <summary>Rules that hold for no node, by their place.</summary>
    public IEnumerable<(int Place, NodeRule Rule)> Idle =>
        _rules.Select((entry, i) => (i, entry)).Where(one => one.entry.Hours.Nodes.Count == 0).Select(one => (one.i, one.entry.Rule));

    /// <summary>Other rules are in force.</summary>
    /// <param name="config">They must be sound.</param>
    /// <param name="now">The present.</param>
    public void Adopt(PoolConfig config, DateTimeOffset now)
    {
        _rules.Clear();
        _stay = new Stay(config.Preemption, families);
        _rules.AddRange(config.Nodes.Select(rule => (rule, HoursOf(rule, config, _stay, now))));
        map.HasHours = Any;
        foreach (var slot in map.Slots)
        {
            Assign(slot);
            map.Refresh(slot);
        }
    }

    /// <summary>True where nothing but earlier runs tells that a job will be gone before a closing.</summary>
    public bool IsEstimated(JobSpec spec) => Any && _stay!.IsEstimated(spec);

    /// <summary>How long a node must stay open for a job; null: for ever.</summary>
    public TimeSpan? Need(JobSpec spec) => _stay?.Of(spec);

    /// <summary>Some nodes are open, but not for so long.</summary>
    public bool CloseTooSoonFor(TimeSpan? need, DateTimeOffset now)
    {
        foreach (var (_, hours) in _rules)
        {
            if (hours.IsOpen && hours.ClosesAt is { } closing && !(now + need <= closing)) return true;
        }

        return false;
    }

    /// <summary>Finds a node's rule. Its indexes are the caller's to refresh.</summary>
    public void Assign(NodeSlot slot)
    {
        var hours = _rules.Find(entry => entry.Rule.Means(slot.Node.Id.Name, slot.Node.Labels)).Hours;
        if (slot.Hours != hours)
        {
            slot.Hours?.Nodes.Remove(slot);
            hours?.Nodes.Add(slot);
            slot.Hours = hours;
        }

        if (hours is null) return;
        hours.IsUnchecked = true;
        foreach (var hold in slot.Holds.Values) hours.NoteGrace(hold.Grace);
    }

    /// <summary>Brings all up to the present; hands out those that have opened or closed.</summary>
    public IEnumerable<NodeHours> Advance(DateTimeOffset now) => All.Where(hours => hours.Advance(now));

    private static NodeHours HoursOf(NodeRule rule, PoolConfig config, Stay stay, DateTimeOffset now)
    {
        var text = $"{string.Join(", ", rule.Available)} {rule.Timezone ?? config.Timezone}";
        return new NodeHours(NodeCalendar.Of(rule, config), text, stay, now);
    }
}
