using System.Globalization;

namespace GpuScheduler.Client.Processes;

/// <summary>A process told apart from a later one that got the same number: by when it started, in kernel ticks since boot.</summary>
internal readonly record struct ProcessIdentity(int Pid, long StartTicks)
{
    private const int StartTimeField = 22;

    /// <summary>Null when no such process runs; one that has exited and waits to be collected counts as gone.</summary>
    public static ProcessIdentity? Of(int pid) => ReadFields(pid) is { } fields && fields[0] != "Z"
        ? new(pid, long.Parse(fields[StartTimeField - 3], CultureInfo.InvariantCulture))
        : null;

    public static int? ParentOf(int pid) => ReadFields(pid) is { } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : null;

    public bool IsRunning => Of(Pid) == this;

    /// <summary>Fields of /proc/PID/stat from the third on; the second, the name, may hold blanks and brackets.</summary>
    private static string[]? ReadFields(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
