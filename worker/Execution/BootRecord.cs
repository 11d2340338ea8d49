namespace GpuScheduler.Worker.Execution;

/// <summary>Remembers the machine's boot id: when it has changed, no attempt of before can still run, whatever its pid says.</summary>
internal static class BootRecord
{
    public static bool HasRebooted(DataDirectory data, string bootId) =>
        File.Exists(data.BootIdFile) && File.ReadAllText(data.BootIdFile).Trim() != bootId;

    /// <exception cref="IOException">It had to be written and the disk is full: a later agent would take what runs for lost.</exception>
    public static void Write(DataDirectory data, string bootId)
    {
        if (!File.Exists(data.BootIdFile) || HasRebooted(data, bootId))
            DurableFile.Write(data.BootIdFile, bootId + "\n");
    }
}
