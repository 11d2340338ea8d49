using GpuScheduler.Core.Calendars;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Config;

/// <summary>Checks <c>timezone</c> and <c>nodes</c>.</summary>
public static class NodeRuleValidator
{
    /// <summary>For messages.</summary>
    public const string NameAllowed = "1 … 253 letters, digits, '-', '_' or '.', with '*' for any of them and '?' for one";

    /// <summary>For messages.</summary>
    public const string LabelAllowed = "key=value, a label of the machine's worker";

    /// <summary>Every fault, in the configuration's order.</summary>
    public static IEnumerable<Fault> Validate(PoolConfig config)
    {
        if (!TimeZones.TryFind(config.Timezone, out _)) yield return new Fault("timezone", config.Timezone, TimeZones.Allowed);
        for (var i = 0; i < config.Nodes.Count; i++)
        {
            foreach (var fault in Faults(config.Nodes[i], $"nodes[{i}]")) yield return fault;
        }
    }

    private static IEnumerable<Fault> Faults(NodeRule rule, string field)
    {
        if (rule.Name.Length == 0 && rule.Label.Length == 0) yield return new Fault($"{field}.name", "", $"{NameAllowed}; or a label");
        if (rule.Name.Length > 0 && !NodeRule.IsPattern(rule.Name)) yield return new Fault($"{field}.name", rule.Name, NameAllowed);
        if (rule.Label.Length > 0 && !NodeRule.IsLabel(rule.Label)) yield return new Fault($"{field}.label", rule.Label, LabelAllowed);
        if (rule.Available.Count == 0) yield return new Fault($"{field}.available", "", WindowText.Allowed);
        foreach (var text in rule.Available.Where(text => !WindowText.TryParse(text, out _)))
            yield return new Fault($"{field}.available", text, WindowText.Allowed);
        if (rule.Timezone is { } zone && !TimeZones.TryFind(zone, out _))
            yield return new Fault($"{field}.timezone", zone, TimeZones.Allowed);
    }
}
