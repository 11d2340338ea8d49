using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>Signals that a job can catch, by name with or without <c>SIG</c>, or by Linux' number.</summary>
public static class SignalNames
{
    private static readonly (int Number, string Name)[] Known =
    [
        (1, "HUP"), (2, "INT"), (3, "QUIT"), (10, "USR1"), (12, "USR2"), (14, "ALRM"), (15, "TERM"), (18, "CONT"),
        (23, "URG"), (28, "WINCH"),
    ];

    /// <summary>Reads a signal into its name without <c>SIG</c>, such as <c>USR1</c>.</summary>
    public static bool TryParse(string text, string field, [NotNullWhen(true)] out string? name, [NotNullWhen(false)] out Fault? fault)
    {
        var wanted = text.Trim().ToUpperInvariant();
        if (wanted.StartsWith("SIG", StringComparison.Ordinal)) wanted = wanted[3..];
        var isNumber = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        name = Array.Find(Known, signal => isNumber ? signal.Number == number : signal.Name == wanted).Name;
        fault = name is null
            ? FaultText.Of(field, text, $"a signal that a program can catch: {string.Join(", ", Known.Select(signal => signal.Name))}")
            : null;
        return name is not null;
    }
}
