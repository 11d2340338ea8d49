namespace GpuScheduler.Worker.Execution.Native;

/// <summary>Signals by name and number (Linux on x86-64 and arm64), and sending them.</summary>
internal static class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;

    /// <summary>What a job may declare as its checkpoint signal: everything that a program can catch and that doesn't stop it.</summary>
    private static readonly Dictionary<string, int> Declarable = new(StringComparer.OrdinalIgnoreCase)
    {
        ["HUP"] = 1,
        ["INT"] = 2,
        ["QUIT"] = 3,
        ["USR1"] = 10,
        ["USR2"] = 12,
        ["ALRM"] = 14,
        ["TERM"] = 15,
        ["CONT"] = 18,
        ["URG"] = 23,
        ["XCPU"] = 24,
        ["WINCH"] = 28,
        ["IO"] = 29,
        ["PWR"] = 30,
    };

    public static string DeclarableNames => string.Join(", ", Declarable.Keys);

    /// <returns>Null for a name that isn't declarable.</returns>
    public static int? Number(string name)
    {
        var bare = name.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        return Declarable.TryGetValue(bare, out var number) ? number : null;
    }

    /// <summary>Sends a signal to one process; one that is gone already needs no signal.</summary>
    public static void Send(int pid, int signal) => _ = LibC.kill(pid, signal);

    public static void SendToGroup(int group, int signal) => _ = LibC.kill(-group, signal);

    /// <summary>Orphans of the attempts become this process's children, so that none can hide by detaching itself.</summary>
    public static void BecomeSubreaper() => _ = LibC.prctl(LibC.SetChildSubreaper, 1, 0, 0, 0);
}
