using System.CommandLine;
using System.Text;

namespace GpuScheduler.Simulation.CommandLine;

/// <summary>What <c>--help</c> prints: fits 80 columns.</summary>
internal static class HelpText
{
    private const int Width = 80;
    private const int Indent = 24;

    private static readonly string[] s_asking = ["--help", "-h", "-?"];

    public static bool IsAskedFor(IEnumerable<string> arguments) => arguments.Any(s_asking.Contains);

    /// <param name="verb">As typed after <c>gpusched</c>.</param>
    /// <param name="notes">Examples and rules, as they are.</param>
    public static string Of(string verb, Command command, string notes)
    {
        var text = new StringBuilder($"{command.Description}\n\nusage: gpusched {verb} [FLAGS]\n\n");
        foreach (var flag in command.Options.Where(flag => !flag.Hidden && flag.Name is not ("--help" or "--version")))
            Append(text, $"  {flag.Name} {flag.HelpName}".TrimEnd(), flag.Description ?? "");

        return text.Append(notes.Length == 0 ? "" : $"\n{notes}\n").ToString();
    }

    private static void Append(StringBuilder text, string flag, string description)
    {
        var line = new StringBuilder(flag.PadRight(Indent));
        if (flag.Length >= Indent)
        {
            text.Append(flag).Append('\n');
            line.Clear().Append(' ', Indent);
        }

        foreach (var word in description.Split(' '))
        {
            if (line.Length + word.Length > Width)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(' ', Indent);
            }

            line.Append(word).Append(' ');
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }
}
