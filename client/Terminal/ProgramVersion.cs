using System.Reflection;

namespace GpuScheduler.Client.Terminal;

/// <summary>The version that this program was built as.</summary>
internal static class ProgramVersion
{
    public static string Text => (Told ?? "0").Split('+')[0];

    private static string? Told =>
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
