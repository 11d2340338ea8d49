namespace GpuScheduler.Client.Output;

/// <summary>Ids in the order of submission: 9, 10, 12_2, 12_10.</summary>
internal sealed class JobIdOrder : IComparer<string>
{
    public static readonly JobIdOrder Instance = new();

    public int Compare(string? x, string? y) => Parts(x ?? "").CompareTo(Parts(y ?? ""));

    private static (long Job, long Element, string Text) Parts(string id)
    {
        var at = id.IndexOf('_', StringComparison.Ordinal);
        var job = at < 0 ? id : id[..at];
        return (Number(job), at < 0 ? -1 : Number(id[(at + 1)..]), id);
    }

    private static long Number(string text) => long.TryParse(text, out var number) ? number : long.MaxValue;
}
