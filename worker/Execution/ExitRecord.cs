using System.Globalization;

namespace GpuScheduler.Worker.Execution;

internal enum ExitKind
{
    /// <summary>The program ran and ended with this status; 128 + n when signal n ended it.</summary>
    Exited,

    /// <summary>The working directory doesn't exist or may not be entered; the program never ran.</summary>
    NoWorkingDirectory,

    /// <summary>The kernel started no process for the job; the code is its error's number.</summary>
    NotStarted,

    /// <summary>The supervisor was killed before it could record anything.</summary>
    Unknown,
}

/// <summary>How an attempt ended, as its supervisor wrote it down.</summary>
internal readonly record struct ExitRecord(ExitKind Kind, int Code)
{
    public static readonly ExitRecord Unknown = new(ExitKind.Unknown, 0);

    /// <summary>A shell tells a death by signal n as 128 + n; a program that returns such a status itself looks the same.</summary>
    public int? Signal => Kind == ExitKind.Exited && Code is > 128 and <= 128 + 64 ? Code - 128 : null;

    /// <returns>Null unless the text starts with a whole line; the blanks after it are what the file held before.</returns>
    public static ExitRecord? Parse(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0)
            return null;
        return text[..end].Split(' ') switch
        {
            ["exit", var code] when byte.TryParse(code, CultureInfo.InvariantCulture, out var number) => new(ExitKind.Exited, number),
            ["launch", var error] when byte.TryParse(error, CultureInfo.InvariantCulture, out var number) =>
                new(ExitKind.NotStarted, number),
            ["workdir"] => new(ExitKind.NoWorkingDirectory, 0),
            _ => Unknown,
        };
    }
}
