using System.Runtime.CompilerServices;

namespace GpuScheduler.Core.Admission;

/// <summary>A text of a fault, put together only if there is one: most submissions have none, and each is checked for dozens.</summary>
[InterpolatedStringHandler]
internal ref struct FaultWords
{
    private readonly string? _whole;
    private DefaultInterpolatedStringHandler _parts;

    /// <param name="literalLength">Characters outside of braces.</param>
    /// <param name="formattedCount">Braces.</param>
    /// <param name="ok">Nothing is wrong.</param>
    /// <param name="isNeeded">False: the compiler leaves the rest out.</param>
    public FaultWords(int literalLength, int formattedCount, bool ok, out bool isNeeded)
    {
        isNeeded = !ok;
        _parts = ok ? default : new(literalLength, formattedCount);
    }

    private FaultWords(string whole) => _whole = whole;

    public static implicit operator FaultWords(string whole) => new(whole);

    public void AppendLiteral(string text) => _parts.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _parts.AppendFormatted(value);

    /// <summary>The text; once.</summary>
    public string Take() => _whole ?? _parts.ToStringAndClear();
}
