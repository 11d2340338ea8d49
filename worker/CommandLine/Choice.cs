using System.CommandLine;

namespace GpuScheduler.Worker.CommandLine;

/// <summary>A flag that takes one of a few words.</summary>
/// <param name="description">What the flag decides; the words are added.</param>
/// <param name="usual">The word that holds unless another is given.</param>
/// <param name="values">Names are found in any case.</param>
internal sealed class Choice<T>(string flag, string helpName, string description, string usual, params (string Name, T Value)[] values)
{
    public Option<string> Option { get; } = new(flag)
    {
        Description = $"{description}: {Allowed(values)}",
        DefaultValueFactory = _ => usual,
        HelpName = helpName,
    };

    /// <exception cref="StartupException">It is none of the words.</exception>
    public T In(ParseResult parsed)
    {
        var given = parsed.GetValue(Option)!;
        foreach (var (name, value) in values)
        {
            if (name.Equals(given, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        throw new StartupException($"{flag} is '{given}'; allowed: {Allowed(values)}");
    }

    private static string Allowed((string Name, T Value)[] values) => string.Join(", ", values.Select(value => value.Name));
}
