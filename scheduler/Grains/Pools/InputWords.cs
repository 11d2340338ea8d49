using GpuScheduler.Core.Engine;

namespace GpuScheduler.Grains.Pools;

/// <summary>Names an input in the log: enough to find out what was special about it, without scripts, arguments and environments,
/// which may hold secrets.</summary>
internal static class InputWords
{
    private const int Longest = 300;

    /// <summary>Never throws: what is said here may be the very thing that can't be read.</summary>
    public static string Of(PoolInput input)
    {
        try
        {
            return Cut(Words(input));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return input.GetType().Name;
        }
    }

    private static string Words(PoolInput input) => input switch
    {
        PoolInput.Submit submit => $"submission of {submit.Jobs.Count}, first: {Of(submit.Jobs[0])}",
        PoolInput.Cancel cancel => $"cancel {Ids(cancel.Ids)} by {cancel.User}",
        PoolInput.Hold hold => $"hold {Ids(hold.Ids)} by {hold.User}",
        PoolInput.Release release => $"release {Ids(release.Ids)} by {release.User}",
        PoolInput.Requeue requeue => $"requeue {Ids(requeue.Ids)} by {requeue.User}",
        PoolInput.NodeJoined joined =>
            $"node {joined.Node} joins with {joined.Inventory.Devices.Count} cards, holding {joined.Held.Count} attempts",
        PoolInput.StoresKept kept => $"node {kept.Node} keeps folders of {kept.Kept.Count} other stores",
        PoolInput.NodeStopping stopping => $"the worker of node {stopping.Node} is about to stop",
        PoolInput.NodeLeft left => $"node {left.Node} leaves: {left.Why}",
        PoolInput.Reported reported =>
            $"report {reported.Sequence} of node {reported.Node}: attempt {reported.Attempt}, "
                + $"{reported.Event?.GetType().Name ?? "nothing"}",
        PoolInput.CardsRead read => $"readings of {read.Readings.Count} cards of node {read.Node}",
        PoolInput.Drain drain => $"drain {drain.Target} by {drain.User}",
        PoolInput.Resume resume => $"resume {resume.Target} by {resume.User}",
        _ => input.GetType().Name,
    };

    private static string Of(JobSubmission submission) =>
        $"'{submission.Draft.Name}' of {submission.Draft.User}, tier '{submission.Draft.Tier}', gpus '{submission.Draft.Gpus}', "
        + $"array '{submission.Draft.Array}', dependency '{submission.Draft.Dependency}'";

    private static string Ids(IReadOnlyList<string> ids) => string.Join(',', ids.Take(20));

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];
}
