using System.Collections;
using System.Text;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos;

namespace GpuScheduler.Client.Terminal;

/// <summary>Everything a command takes from its surroundings.</summary>
internal sealed record ClientContext
{
    public required IConsoleStreams Console { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Asked only when something depends on it: the directory may be gone. What in its name isn't UTF-8 are marks of
    /// <see cref="RawText"/>.</summary>
    public required Func<string> FindWorkingDirectory { get; init; }

    /// <summary>Asked only when something depends on it: it may be a question to the network.</summary>
    public required Func<string> FindUserName { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>How moments are written for who calls.</summary>
    public Moments Moments => new(Time.LocalTimeZone);

    /// <summary>A fresh idempotency key.</summary>
    public required Func<string> NewKey { get; init; }

    /// <summary>Numbers from 0 up to, not including, 1: they spread the tries of many clients.</summary>
    public required Func<double> Chance { get; init; }

    /// <summary>About the wait before a call is made again that the scheduler did not answer; later waits are longer.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(350);

    /// <summary>Colour says nothing that the text doesn't: off unless people look, and where NO_COLOR is set.</summary>
    public bool UseColor => Console.OutIsTerminal && string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";

    /// <summary>The program's name as the kernel has it; empty: not told.</summary>
    public string Program { get; init; } = "";

    public string CalledAs => SlurmNames.CalledAs(Program, Variable(SlurmNames.Variable));

    /// <summary>The words after the program's name with what in them isn't UTF-8; empty: as they were read.</summary>
    public IReadOnlyList<string> RawArguments { get; init; } = [];

    /// <summary>The variables with what in them isn't UTF-8; null: as <see cref="Environment"/> has them.</summary>
    public IReadOnlyDictionary<string, string>? RawEnvironment { get; init; }

    /// <summary>Asked for only where a job is handed in.</summary>
    public Func<ShellState> ReadShell { get; init; } = static () => ShellState.Unknown;

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

    /// <summary>Null where it is gone.</summary>
    public string? TryFindWorkingDirectory()
    {
        try
        {
            return FindWorkingDirectory();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The same words, with what in them isn't UTF-8.</summary>
    public IReadOnlyList<string> Raw(IReadOnlyList<string> words)
    {
        var raw = words.ToArray();
        for (var i = 1; i <= Math.Min(raw.Length, RawArguments.Count) && Decoded(RawArguments[^i]) == raw[^i]; i++)
            raw[^i] = RawArguments[^i];
        return raw;
    }

    /// <summary>As .NET reads it: one sign may stand for several foreign bytes.</summary>
    private static string Decoded(string raw) => Encoding.UTF8.GetString(RawText.ToBytes(raw));

    /// <summary>.NET opens nothing in a folder whose name isn't UTF-8, but Linux has another name for it.</summary>
    public string PathToOpen(string path) =>
        !Path.IsPathRooted(path) && RawText.HasMarks(TryFindWorkingDirectory() ?? "") ? $"/proc/self/cwd/{path}" : FullPath(path);

    public static Dictionary<string, string> ReadProcessEnvironment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";

        return variables;
    }
}
