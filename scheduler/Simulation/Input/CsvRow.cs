using System.Globalization;
using System.Numerics;

namespace GpuScheduler.Simulation.Input;

/// <summary>One line of a table. Every fault names file, line, column, value, and what is allowed.</summary>
internal sealed class CsvRow(CsvTable table, int line, string[] values)
{
    public int Line => line;

    public string Text(string column) => values[table.Position(column)].Trim();

    /// <summary>Empty also where the table has no such column.</summary>
    public string OptionalText(string column) => table.Has(column) ? Text(column) : "";

    /// <summary>A whole number within bounds, both included.</summary>
    public T Number<T>(string column, T least, T most)
        where T : INumber<T>
    {
        var text = Text(column);
        return T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most
            ? number
            : throw Fault(column, $"a whole number from {least} to {most}");
    }

    /// <summary>A decimal number within bounds, both included.</summary>
    public double Decimal(string column, double least, double most) =>
        double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Fault(column, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));

    /// <summary>Null where the value is empty, or the table has no such column.</summary>
    public double? OptionalDecimal(string column, double least, double most) =>
        OptionalText(column).Length == 0 ? null : Decimal(column, least, most);

    /// <summary>Null where the value is empty, or the table has no such column.</summary>
    public int? OptionalNumber(string column, int least, int most) => OptionalText(column).Length == 0 ? null : Number(column, least, most);

    public InputException Fault(string column, string allowed) =>
        new($"{table.File}:{line}: column '{column}' is '{Text(column)}'; allowed: {allowed}");
}
