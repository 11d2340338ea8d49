using GpuScheduler.Client.Calls;

namespace GpuScheduler.Client.Submission;

/// <summary>Paths as a shell would have handed them on: it leaves "~" alone after "=" and in a script's directives.</summary>
internal static class ShellPath
{
    /// <summary>The whole path; what begins with "~/" lies in the user's home.</summary>
    /// <param name="flag">For messages.</param>
    /// <param name="path">As given.</param>
    /// <param name="home">The user's; empty: not known.</param>
    /// <param name="fromHere">Makes any other path whole.</param>
    public static string Full(string flag, string path, string home, Func<string, string> fromHere)
    {
        if (!path.StartsWith('~'))
            return fromHere(path);
        if (path.Length > 1 && path[1] != '/')
            throw CommandException.Usage($"{flag}: '{path}': only ~ and ~/… are understood; write another user's folder in full");
        if (!Path.IsPathRooted(home))
            throw CommandException.Usage($"{flag}: '{path}': HOME is not set here; write the path in full");
        return Path.GetFullPath(path.Length > 1 ? path[2..] : "", home);
    }
}
