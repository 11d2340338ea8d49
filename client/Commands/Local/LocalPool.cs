using GpuScheduler.Client.Processes;
using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Commands;

/// <summary>Where 'up' keeps what it started, and 'down' finds it.</summary>
internal sealed class LocalPool
{
    public LocalPool(string? data, ClientContext context)
    {
        Directory = data is not null ? context.FullPath(data) : DefaultDirectory(context);
        Scheduler = new("scheduler", Directory, context);
        Worker = new("worker", Directory, context);
    }

    public string Directory { get; }

    public BackgroundProcess Scheduler { get; }

    public BackgroundProcess Worker { get; }

    /// <summary>The scheduler's address and the worker's name, one a line.</summary>
    private string NotesFile => Path.Combine(Directory, "up.txt");

    public void Note(string address, string node) => File.WriteAllLines(NotesFile, [address, node]);

    public (string Address, string Node)? Notes =>
        File.Exists(NotesFile) && File.ReadAllLines(NotesFile) is [var address, var node, ..] ? (address, node) : null;

    private static string DefaultDirectory(ClientContext context)
    {
        var share = context.Variable("XDG_DATA_HOME");
        return share.Length > 0
            ? Path.Combine(share, "gpusched")
            : Path.Combine(context.Variable("HOME") is { Length: > 0 } home ? home : "/", ".local/share/gpusched");
    }
}
