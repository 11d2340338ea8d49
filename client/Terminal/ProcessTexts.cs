using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using GpuScheduler.Protos;

namespace GpuScheduler.Client.Terminal;

/// <summary>
/// The process's words, variables and folder as <see cref="RawText"/>: .NET decodes them as UTF-8 and loses what is none. Where the
/// kernel tells nothing (no /proc), .NET's own answer has to do.
/// </summary>
internal static partial class ProcessTexts
{
    private const int LongestPath = 4096;

    /// <param name="args">As .NET has read them: the process's last words.</param>
    public static IReadOnlyList<string> Arguments(IReadOnlyList<string> args)
    {
        var words = ReadEntries("/proc/self/cmdline").Select(word => RawText.FromBytes(word)).TakeLast(args.Count).ToList();
        return words.Count == args.Count ? words : args;
    }

    /// <summary>The name that this process was started by: of a link, the link's.</summary>
    public static string Program() => ReadEntries("/proc/self/cmdline").Select(word => RawText.FromBytes(word)).FirstOrDefault("");

    public static IReadOnlyDictionary<string, string> Environment(IReadOnlyDictionary<string, string> read)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in ReadEntries("/proc/self/environ").Select(entry => RawText.FromBytes(entry)))
        {
            if (entry.IndexOf('=', StringComparison.Ordinal) is var at and > 0)
                variables.TryAdd(entry[..at], entry[(at + 1)..]);
        }

        return variables.Count > 0 ? variables : read;
    }

    /// <param name="read">As .NET has read it; without a foreign byte it is right.</param>
    public static string WorkingDirectory(string read)
    {
        if (!read.Contains('\uFFFD', StringComparison.Ordinal))
            return read;
        var bytes = new byte[LongestPath];
        var length = ReadLink("/proc/self/cwd", bytes, bytes.Length);
        return length > 0 ? RawText.FromBytes(bytes.AsSpan(0, (int)length)) : read;
    }

    public static ShellState Shell() => ShellState.Parse(ReadText("/proc/self/status"), ReadText("/proc/self/limits"));

    /// <summary>A user without an entry in passwd, as in a container, is called as its shell says, else by its number.</summary>
    /// <param name="known">As the system's list of users has it; empty: it isn't there.</param>
    public static string UserName(string known, IReadOnlyDictionary<string, string> variables) =>
        new[] { known, variables.GetValueOrDefault("USER", ""), variables.GetValueOrDefault("LOGNAME", "") }
            .FirstOrDefault(name => name.Length > 0 && !name.Any(char.IsWhiteSpace))
        ?? GetEffectiveUser().ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<byte[]> ReadEntries(string path)
    {
        var bytes = Read(path);
        for (var start = 0; start < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)0, start);
            if (end < 0)
                end = bytes.Length;
            yield return bytes[start..end];
            start = end + 1;
        }
    }

    private static string ReadText(string path) => Encoding.ASCII.GetString(Read(path));

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [LibraryImport("libc", EntryPoint = "readlink", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ReadLink(string path, [Out] byte[] target, nint length);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
