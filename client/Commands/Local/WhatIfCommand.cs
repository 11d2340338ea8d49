using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Processes;

namespace GpuScheduler.Client.Commands;

/// <summary>Replays a pool's work on a changed pool: --add 4xRTX4090 --remove node7 … Unless it is told otherwise, the work is that
/// of the pool which 'up' started on this machine.</summary>
internal sealed class WhatIfCommand()
    : ProgramVerb("whatif", "compare the pool's work on this pool and on a changed one", SiblingProgram.Simulator)
{
    private static readonly string[] s_sources = ["--from-store", "--nodes", "--jobs", "--help", "-h", "-?"];

    protected override IReadOnlyList<string> WordsFor(Call call) => call.Words.Any(IsSource)
        ? Complete(call.Words, null)
        : Complete(call.Words, new LocalPool(null, call.Context));

    /// <summary>The simulator's words.</summary>
    /// <param name="words">As given after the verb.</param>
    /// <param name="pool">This machine's; null: not needed.</param>
    internal static IReadOnlyList<string> Complete(IReadOnlyList<string> words, LocalPool? pool)
    {
        if (pool is null || words.Any(IsSource))
            return ["whatif", .. words];

        if (!File.Exists(pool.Store))
        {
            throw new CommandException(
                ExitCode.NotFound,
                $"whatif: 'gpusched up' has started no pool here (there is no {pool.Store}); name a scheduler's data folder with "
                    + "--from-store, or files with --nodes and --jobs");
        }

        return ["whatif", "--from-store", pool.Store, .. words];
    }

    private static bool IsSource(string word) => s_sources.Contains(FlagOf(word));

    private static string FlagOf(string word) => word.Split('=')[0];
}
