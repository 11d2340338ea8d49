using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;

namespace GpuScheduler.Client.Commands;

/// <summary>The jobs that a call is about: by id, or all of a user's.</summary>
internal sealed class JobSelection
{
    private readonly Option<string?> user = Flags.Text("--user", "NAME", "all jobs of this user", "-u");
    private readonly Option<bool> me = Flags.Switch("--me", "all of my jobs");

    public void AddTo(Command command)
    {
        command.Add(user);
        command.Add(me);
    }

    public (IReadOnlyList<string> Ids, string User) Read(Call call)
    {
        var name = call.Flags.GetValue(me) ? call.Context.UserName : call.Flags.GetValue(user) ?? "";
        if (call.Words.Count == 0 && name.Length == 0)
            throw CommandException.Usage(
                $"which jobs? usage: gpusched {call.Flags.CommandResult.Command.Name} ID…, or --me, or --user NAME");

        return ([.. call.Words.SelectMany(SplitList)], name);
    }

    /// <summary>"12,13 14": commas separate ids, except inside the brackets of "12_[0,4]".</summary>
    private static IEnumerable<string> SplitList(string word) =>
        word.Contains('[', StringComparison.Ordinal) ? [word] : word.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
