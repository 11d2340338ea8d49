namespace GpuScheduler.Worker.JobFiles;

/// <summary>
/// Where a path leads, found without opening anything. Below /proc and /dev a name means an open file or a device of the one who opens it:
/// opened by the agent, /dev/stdout is the agent's own log. So the walk ends there.
/// </summary>
/// <param name="End">The path with every link on it followed, as far as there are entries.</param>
/// <param name="SystemPlace">The entry below /proc or /dev at which the walk ended; null: it came to none, or to /dev/null or into
/// /dev/shm, which is an ordinary disk.</param>
internal readonly record struct PathWalk(string End, string? SystemPlace)
{
    /// <summary>As many as the kernel follows.</summary>
    private const int MostLinks = 40;

    private static readonly string[] Harmless = ["/dev/null", "/dev/shm"];

    /// <param name="path">Absolute.</param>
    public static PathWalk Follow(string path)
    {
        var ahead = new Stack<string>();
        Push(ahead, path);
        var (here, links) = ("", 0);
        while (ahead.TryPop(out var name))
        {
            if (name == "..")
            {
                here = Above(here);
                continue;
            }

            var next = $"{here}/{name}";
            if (here is "/proc" or "/dev" && !Harmless.Contains(next))
                return new(next, next);
            if (links < MostLinks && RealPath.TargetOf(next) is { } target)
            {
                links++;
                Push(ahead, target);
                here = target.StartsWith('/') ? "" : here;
            }
            else here = next;
        }

        return new(here.Length > 0 ? here : "/", null);
    }

    private static string Above(string folder) => folder[..Math.Max(0, folder.LastIndexOf('/'))];

    private static void Push(Stack<string> ahead, string path)
    {
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse().Where(name => name != "."))
            ahead.Push(name);
    }
}
