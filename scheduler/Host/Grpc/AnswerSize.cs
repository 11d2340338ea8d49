using Google.Protobuf;

namespace GpuScheduler.Host.Grpc;

/// <summary>Keeps answers small, however long a list is: a caller that wants more asks on. gRPC's clients take 4 MiB by default.</summary>
internal static class AnswerSize
{
    /// <summary>A message ends before the entry that would pass this, unless that is its first.</summary>
    public const int Most = 1 << 20;

    private const int FrameBytes = 5;

    /// <summary>Bytes of one entry at most; of a larger one the least telling parts are left out, and it says so.</summary>
    public const int MostOfOne = 2 << 20;

    /// <summary>Bytes of an entry within its answer.</summary>
    public static int Of(IMessage entry) => entry.CalculateSize() + FrameBytes;

    /// <summary>As many as one message holds, one at least.</summary>
    public static List<T> First<T>(IEnumerable<T> all)
        where T : IMessage
    {
        var (taken, size) = (new List<T>(), 0);
        foreach (var one in all)
        {
            if ((size += Of(one)) > Most && taken.Count > 0) break;
            taken.Add(one);
        }

        return taken;
    }

    /// <summary>All, cut into messages.</summary>
    public static IEnumerable<List<T>> Pages<T>(IReadOnlyList<T> all)
        where T : IMessage
    {
        for (var from = 0; from < all.Count;)
        {
            var page = First(all.Skip(from));
            from += page.Count;
            yield return page;
        }
    }
}
