namespace GpuScheduler.Worker.Execution.Native;

/// <summary>A process to start: program, arguments, whole environment (KEY=VALUE) and where its output goes.</summary>
/// <param name="StandardError">Null: the same file as standard output.</param>
internal sealed record SpawnRequest(
    string Program,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Environment,
    string StandardOutput,
    string? StandardError);
