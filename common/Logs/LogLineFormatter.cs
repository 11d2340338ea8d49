using System.Globalization;
using GpuScheduler.Common.Text;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace GpuScheduler.Common.Logs;

/// <summary>One event, one line, whatever names and reasons it holds. A console tells what failed; where it happened is for the
/// file.</summary>
/// <param name="template">Of the line, as Serilog writes them, without line end and exception.</param>
/// <param name="traces">Whether stack traces follow the line.</param>
internal sealed class LogLineFormatter(string template, bool traces) : ITextFormatter
{
    private readonly MessageTemplateTextFormatter _line = new(template, CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        _line.Format(logEvent, text);
        output.Write(PlainText.OneLine(text.ToString().TrimEnd('\n')));
        if (logEvent.Exception is { } failure)
        {
            output.Write(
                traces
                    ? "\n" + PlainText.Lines(failure.ToString())
                    : PlainText.OneLine($" ({failure.GetType().Name}: {failure.Message})"));
        }

        output.Write('\n');
    }
}
