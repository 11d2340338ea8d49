using System.Collections;

namespace GpuScheduler.Client.Terminal;

/// <summary>Everything a command takes from its surroundings.</summary>
internal sealed record ClientContext
{
    public required IConsoleStreams Console { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    public required string UserName { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>A fresh idempotency key.</summary>
    public required Func<string> NewKey { get; init; }

    /// <summary>Waits before each new try of a call that the scheduler did not answer.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } =
        [TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(900)];

    /// <summary>Colour says nothing that the text doesn't: off unless people look, and where NO_COLOR is set.</summary>
    public bool UseColor => Console.OutIsTerminal && string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";

    public string Variable(string name) => Environment.GetValueOrDefault(name, "");

    public string FullPath(string path) => Path.GetFullPath(path, WorkingDirectory);

    public static Dictionary<string, string> ReadProcessEnvironment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";

        return variables;
    }
}
