namespace GpuScheduler.Worker.Execution;

/// <summary>Remembers the machine's boot id: when it has changed, no attempt of before can still run, whatever its pid says.</summary>
internal static class BootRecord
{
    public static bool HasRebooted(DataDirectory data, string bootId) =>
        File.Exists(data.BootIdFile) && File.ReadAllText(data.BootIdFile).Trim() != bootId;

    public static void Write(DataDirectory data, string bootId) => File.WriteAllText(data.BootIdFile, bootId + "\n");
}
