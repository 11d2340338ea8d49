using System.Globalization;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>One line of /proc/PID/stat, as far as attempts need it.</summary>
/// <param name="StartTicks">Clock ticks (1/100 s) after boot; with the pid it names a process beyond doubt within one boot.</param>
internal readonly record struct ProcessStat(int Pid, char State, int ProcessGroup, int Session, long StartTicks)
{
    public bool IsDead => State is 'Z' or 'X';

    /// <summary>A process that has ended; whatever bears its number now is not it.</summary>
    public static ProcessStat Gone(int pid) => new(pid, 'X', pid, pid, long.MaxValue);

    /// <returns>Null when no such process exists.</returns>
    public static ProcessStat? Read(int pid) => SmallFile.Read($"/proc/{pid}/stat") is { } line ? Parse(line) : null;

    /// <summary>The program's name stands in parentheses and may itself hold blanks and parentheses: count from the last one.</summary>
    public static ProcessStat? Parse(string line)
    {
        var open = line.IndexOf('(', StringComparison.Ordinal);
        var close = line.LastIndexOf(')');
        if (open < 1 || close < open || !int.TryParse(line.AsSpan(0, open - 1), CultureInfo.InvariantCulture, out var pid))
            return null;
        var fields = line[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 20
            || !int.TryParse(fields[2], CultureInfo.InvariantCulture, out var group)
            || !int.TryParse(fields[3], CultureInfo.InvariantCulture, out var session)
            || !long.TryParse(fields[19], CultureInfo.InvariantCulture, out var start))
            return null;
        return new ProcessStat(pid, fields[0][0], group, session, start);
    }

    /// <summary>True while the process that this line was read from still lives; another one with its number doesn't count.</summary>
    public bool IsAlive() => Read(Pid) is { IsDead: false } now && now.StartTicks == StartTicks;
}
