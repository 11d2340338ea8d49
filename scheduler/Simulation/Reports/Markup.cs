using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace GpuScheduler.Simulation.Reports;

/// <summary>HTML. Made of interpolated strings only, whose values are escaped unless they are markup themselves: what users called
/// their jobs can't become part of the page.</summary>
internal readonly record struct Markup(string Html)
{
    public static Markup Nothing { get; } = new("");

    public static Markup Of(MarkupHandler text) => new(text.ToString());

    public override string ToString() => Html;
}

/// <summary>What the compiler turns the argument of <see cref="Markup.Of"/> into.</summary>
[InterpolatedStringHandler]
internal readonly struct MarkupHandler(int literalLength, int formattedCount)
{
    private const int UsualValue = 16;

    private readonly StringBuilder text = new(literalLength + (formattedCount * UsualValue));

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(Markup markup) => text.Append(markup.Html);

    public void AppendFormatted(IEnumerable<Markup> parts)
    {
        foreach (var part in parts)
            text.Append(part.Html);
    }

    public void AppendFormatted(string? value) => text.Append(WebUtility.HtmlEncode(value));

    public void AppendFormatted(int value) => text.Append(CultureInfo.InvariantCulture, $"{value}");

    /// <summary>Two decimals at most: coordinates need no more.</summary>
    public void AppendFormatted(double value) => text.Append(value.ToString("0.##", CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();
}
