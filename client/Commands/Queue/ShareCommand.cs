using System.CommandLine;
using System.Runtime.CompilerServices;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Output.Json;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Lists what users and projects used and are entitled to, as sshare does.</summary>
internal sealed class ShareCommand : ServerCommand
{
    private readonly Option<string?> user = Flags.Text("--user", "NAME", "only this user", "-u");
    private readonly Option<string?> project = Flags.Text("--account", "PROJECT", "only this project and its users", "-A", "--project");
    private readonly Option<string?> output = OutputFlag.Create();

    public ShareCommand()
        : base("share", "what users and projects used, and are entitled to")
    {
        foreach (var option in new Option[] { user, project, output })
            Add(option);
    }

    public override string Usage => "[FLAGS]";

    public override bool EndsWithItsReader => true;

    public override string Notes => """
        USE: device hours weighed by 'costs' in pool.yaml, half of them forgotten in
        each half-life. EFFECTV: part of the pool's use. FAIRSHARE: 1 for no use, 0.5
        for just what is due.
        """;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        await new PagePrinter<AccountShare>(call, OutputFlag.Read(call, output), Form(call))
            .PrintAsync(WantedAsync(call, connection, cancellationToken));
        return ExitCode.Success;
    }

    private async IAsyncEnumerable<Page<AccountShare>> WantedAsync(
        Call call, SchedulerConnection connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in Pages.SharesAsync(connection, cancellationToken))
            yield return page with { Entries = [.. page.Entries.Where(account => IsWanted(call, account))] };
    }

    private bool IsWanted(Call call, AccountShare account) =>
        (call.Flags.GetValue(user) is not { } name || account.User == name)
        && (call.Flags.GetValue(project) is not { } wanted || account.Project == wanted);

    private static ListForm<AccountShare> Form(Call call)
    {
        var table = ShareTable.Create(call.Context.Console.Width);
        return new ListForm<AccountShare>
        {
            Json = static accounts => JsonText.Of(new SharesJson([.. accounts.Select(ShareJson.From)])),
            Names = static account => [ShareTable.Name(account)],
            Table = page => table.Add(page.Entries),
            Empty = "no user or project has jobs or used anything",
        };
    }
}
