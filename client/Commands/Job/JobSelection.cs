using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>The jobs that a call is about: by id, by what they are, or both; then both must match.</summary>
internal sealed class JobSelection
{
    private readonly Option<bool> me = Flags.Switch("--me", "only my jobs");
    private readonly Option<string?> user = Flags.Text("--user", "NAME", "only this user's jobs", "-u");
    private readonly Option<string?> name = Flags.Text("--name", "NAME", "only jobs of this name", "-n", "--jobname");
    private readonly Option<string?> states = Flags.Text("--states", "LIST", "only these states: PD,R or PENDING,RUNNING", "-t", "--state");
    private readonly Option<string?> tier = Flags.Text("--tier", "TIER", "only this tier", "-p", "--partition");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { me, user, name, states, tier })
            command.Add(option);
    }

    /// <summary>Ids and filter; at least one of the two says something.</summary>
    public (IReadOnlyList<string> Ids, JobFilter? Filter) Read(Call call, string verb)
    {
        var filter = ReadFilter(call);
        if (call.Words.Count == 0 && filter is null)
            throw CommandException.Usage(
                $"which jobs? usage: gpusched {verb} ID…, or --me, --user NAME, --name NAME, --states LIST or --tier TIER");

        return ([.. call.Words.SelectMany(SplitList)], filter);
    }

    private JobFilter? ReadFilter(Call call)
    {
        var filter = new JobFilter { States = { JobStates.ParseList("--states", call.Flags.GetValue(states)) } };
        if (Whose(call) is { } whose) filter.User = whose;
        if (call.Flags.GetValue(name) is { } called) filter.Name = called;
        if (call.Flags.GetValue(tier) is { } named) filter.Tier = named;
        return filter.Equals(new JobFilter()) ? null : filter;
    }

    /// <summary>Null: anybody's.</summary>
    private string? Whose(Call call)
    {
        if (!call.Flags.GetValue(me)) return call.Flags.GetValue(user);
        return call.Flags.GetValue(user) is null
            ? call.Context.UserName
            : throw CommandException.Usage("--me and --user: one of them, they name the same thing");
    }

    /// <summary>"12,13 14": commas separate ids, except inside the brackets of "12_[0,4]".</summary>
    private static IEnumerable<string> SplitList(string word) =>
        word.Contains('[', StringComparison.Ordinal) ? [word] : word.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
