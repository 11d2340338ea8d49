using System.CommandLine;
using GpuScheduler.Client.Calls;

namespace GpuScheduler.Client.Parsing;

/// <summary>Parses scanned flags; every fault is reported, not only the first.</summary>
internal static class FlagParser
{
    /// <summary>No response files: a value that begins with '@' is just a value.</summary>
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    public static ParseResult Parse(Command command, IReadOnlyList<string> flags)
    {
        var result = command.Parse(flags, Configuration);
        return result.Errors.Count == 0
            ? result
            : throw CommandException.Usage(string.Join('\n', result.Errors.Select(error => error.Message).Distinct()));
    }
}
