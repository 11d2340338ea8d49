using System.CommandLine;
using GpuScheduler.Client.Parsing;

namespace GpuScheduler.Client.Output;

/// <summary>How a result is written: for people, for programs, or as bare names for a shell loop.</summary>
internal enum OutputFormat
{
    Table,
    Json,
    Quiet,
}

/// <summary>The flag that chooses it.</summary>
internal static class OutputFlag
{
    public static Option<string?> Create() => Flags.Choice("--output", "how to print the result (default table)", "table", "json", "quiet");

    public static OutputFormat Read(Call call, Option<string?> flag) => call.Flags.GetValue(flag) switch
    {
        "json" => OutputFormat.Json,
        "quiet" => OutputFormat.Quiet,
        _ => OutputFormat.Table,
    };
}
