using Microsoft.Win32.SafeHandles;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>A process to start: program, arguments, whole environment (KEY=VALUE) and where its output goes.</summary>
/// <param name="StandardOutput">Open for appending. It is handed over as it is: a path, opened again, could lead elsewhere.</param>
/// <param name="StandardError">Null: the same file as standard output.</param>
internal sealed record SpawnRequest(
    string Program,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Environment,
    SafeFileHandle StandardOutput,
    SafeFileHandle? StandardError);
