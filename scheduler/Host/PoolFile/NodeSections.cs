using GpuScheduler.Core.Calendars;
using GpuScheduler.Core.Config;

namespace GpuScheduler.Host.PoolFile;

/// <summary>What is said of machines: <c>timezone</c> and <c>nodes</c>.</summary>
internal static class NodeSections
{
    /// <summary>Of the pool, or of one rule.</summary>
    public static string? Timezone(YamlSection section, string? shipped) =>
        section.Checked("timezone", shipped, text => TimeZones.TryFind(text, out _), TimeZones.Allowed);

    public static NodeRule Rule(YamlSection section)
    {
        var rule = new NodeRule
        {
            Name = section.Checked("name", "", NodeRule.IsPattern, NodeRuleValidator.NameAllowed)!,
            Label = section.Checked("label", "", NodeRule.IsLabel, NodeRuleValidator.LabelAllowed)!,
            Available = section.Texts("available", text => WindowText.TryParse(text, out _), WindowText.Allowed),
            Timezone = Timezone(section, null),
        };
        section.RefuseOthers();
        if (!section.Has("name") && !section.Has("label")) section.Refuse("name", "", $"{NodeRuleValidator.NameAllowed}; or a label");
        return rule;
    }
}
