using Google.Protobuf;

namespace GpuScheduler.Host.Grpc;

/// <summary>Keeps answers small, however long a queue is: a caller that wants more asks on.</summary>
internal static class AnswerSize
{
    /// <summary>A message ends behind the one that passes this. A quarter of what gRPC's clients take by default.</summary>
    public const int Most = 1 << 20;

    /// <summary>As many as one message holds, one at least.</summary>
    public static List<T> First<T>(IEnumerable<T> all)
        where T : IMessage
    {
        var (taken, size) = (new List<T>(), 0);
        foreach (var one in all)
        {
            taken.Add(one);
            if ((size += one.CalculateSize()) >= Most) break;
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
