using System.Globalization;

namespace GpuScheduler.Client.Processes;

/// <summary>Which user's process listens on a port of this machine, as far as the kernel tells every account.</summary>
internal static class PortOwner
{
    private const string Listening = "0A";

    /// <returns>Such as "a process of user ada"; null where nothing listens, or it isn't told.</returns>
    public static string? Of(int port) => new[] { "/proc/net/tcp", "/proc/net/tcp6" }
        .SelectMany(Lines)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length > 7 && fields[3] == Listening && PortOf(fields[1]) == port)
        .Select(fields => $"a process of user {NameOf(fields[7])}")
        .FirstOrDefault();

    private static int PortOf(string address) =>
        int.TryParse(address[(address.LastIndexOf(':') + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port)
            ? port : 0;

    private static string NameOf(string uid) =>
        Lines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > 2 && fields[2] == uid)?[0] ?? uid;

    private static IEnumerable<string> Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
