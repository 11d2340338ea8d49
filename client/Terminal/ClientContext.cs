using System.Collections;
using GpuScheduler.Client.Calls;

namespace GpuScheduler.Client.Terminal;

/// <summary>Everything a command takes from its surroundings.</summary>
internal sealed record ClientContext
{
    public required IConsoleStreams Console { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Asked only when something depends on it: the directory may be gone.</summary>
    public required Func<string> FindWorkingDirectory { get; init; }

    /// <summary>Asked only when something depends on it: it may be a question to the network.</summary>
    public required Func<string> FindUserName { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>A fresh idempotency key.</summary>
    public required Func<string> NewKey { get; init; }

    /// <summary>Waits before each new try of a call that the scheduler did not answer.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } =
        [TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(900)];

    /// <summary>Colour says nothing that the text doesn't: off unless people look, and where NO_COLOR is set.</summary>
    public bool UseColor => Console.OutIsTerminal && string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";

    public string Variable(string name) => Environment.GetValueOrDefault(name, "");

    public string UserName => FindUserName();

    /// <param name="path">As given; from where the command was called.</param>
    /// <param name="remedy">What else to do where that is gone.</param>
    public string FullPath(string path, string remedy = "give full paths") =>
        Path.IsPathRooted(path) ? Path.GetFullPath(path) : Path.GetFullPath(path, WorkingDirectory(remedy));

    private string WorkingDirectory(string remedy)
    {
        try
        {
            return FindWorkingDirectory();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"the current directory is gone or can't be read: change to another one, or {remedy}");
        }
    }

    public static Dictionary<string, string> ReadProcessEnvironment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";

        return variables;
    }
}
