using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>Folds the waiting elements of an array into one row, "12_[3-9]": ten thousand alike lines tell nobody more.</summary>
internal static class ArrayRows
{
    public static IReadOnlyList<Job> Collapse(IEnumerable<Job> jobs)
    {
        var rows = new List<Job>();
        var folded = new Dictionary<(string Array, string Reason), (int Row, List<int> Indexes)>();
        foreach (var job in jobs)
        {
            if (job.State != JobState.Pending || Split(job.Id) is not var (array, index))
            {
                rows.Add(job);
                continue;
            }

            if (folded.TryGetValue((array, job.Reason), out var known))
                known.Indexes.Add(index);
            else
            {
                folded.Add((array, job.Reason), (rows.Count, [index]));
                rows.Add(job);
            }
        }

        foreach (var ((array, _), (row, indexes)) in folded.Where(entry => entry.Value.Indexes.Count > 1))
            rows[row] = new Job(rows[row]) { Id = $"{array}_[{Ranges(indexes)}]" };

        return rows;
    }

    private static (string Array, int Index)? Split(string id)
    {
        var at = id.IndexOf('_', StringComparison.Ordinal);
        return at > 0 && int.TryParse(id.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (id[..at], index)
            : null;
    }

    private static string Ranges(List<int> indexes)
    {
        indexes.Sort();
        var parts = new List<string>();
        for (var i = 0; i < indexes.Count;)
        {
            var last = i;
            while (last + 1 < indexes.Count && indexes[last + 1] == indexes[last] + 1)
                last++;

            parts.Add(last == i ? $"{indexes[i]}" : $"{indexes[i]}-{indexes[last]}");
            i = last + 1;
        }

        return parts.Count <= 4 ? string.Join(',', parts) : $"{string.Join(',', parts.Take(3))},…";
    }
}
