namespace GpuScheduler.Worker.Execution;

/// <summary>Remembers the machine's boot id: when it has changed, no attempt of before can still run, whatever its pid says.</summary>
internal static class BootRecord
{
    public static bool HasRebooted(WorkerHome home, string bootId) =>
        File.Exists(home.BootIdFile) && File.ReadAllText(home.BootIdFile).Trim() != bootId;

    /// <exception cref="IOException">It had to be written and the disk is full: a later agent would take what runs for lost.</exception>
    public static void Write(WorkerHome home, string bootId)
    {
        if (!File.Exists(home.BootIdFile) || HasRebooted(home, bootId))
            DurableFile.Write(home.BootIdFile, bootId + "\n");
    }
}
