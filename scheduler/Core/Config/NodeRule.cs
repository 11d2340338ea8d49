namespace GpuScheduler.Core.Config;

/// <summary>What is said of machines. The first rule of a pool that means a machine holds for it.</summary>
public sealed record NodeRule
{
    /// <summary>Machines by name, with <c>*</c> and <c>?</c>; empty: by <see cref="Label"/> alone.</summary>
    public string Name { get; init; } = "";

    /// <summary>Machines whose worker has this label, <c>key=value</c>; empty: by <see cref="Name"/> alone.</summary>
    public string Label { get; init; } = "";

    /// <summary>When they take work, each as <see cref="Calendars.WindowText"/> reads it; any of them counts.</summary>
    public IReadOnlyList<string> Available { get; init; } = [];

    /// <summary>IANA name; null: the pool's.</summary>
    public string? Timezone { get; init; }

    /// <summary>True when the rule means a machine: both name and label, where both are given.</summary>
    public bool Means(string name, IReadOnlyDictionary<string, string> labels) =>
        (Name.Length == 0 || Like(Name, name)) && (Label.Length == 0 || HasLabel(labels));

    /// <summary>As a name or a pattern of names may be written.</summary>
    public static bool IsPattern(string text) =>
        text.Length is > 0 and <= 253 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '*' or '?');

    /// <summary><c>key=value</c>.</summary>
    public static bool IsLabel(string text) => text.IndexOf('=') is > 0 and var at && at < text.Length - 1;

    private bool HasLabel(IReadOnlyDictionary<string, string> labels)
    {
        var at = Label.IndexOf('=');
        return labels.TryGetValue(Label[..at], out var value) && value == Label[(at + 1)..];
    }

    /// <summary><c>*</c> stands for any characters, <c>?</c> for one.</summary>
    private static bool Like(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.IsEmpty) return name.IsEmpty;
        if (pattern[0] == '*') return Like(pattern[1..], name) || (!name.IsEmpty && Like(pattern, name[1..]));
        return !name.IsEmpty && (pattern[0] == '?' || pattern[0] == name[0]) && Like(pattern[1..], name[1..]);
    }
}
