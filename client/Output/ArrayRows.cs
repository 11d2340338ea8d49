using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>Folds the waiting elements of an array into one row, "12_[3-9]": ten thousand alike lines tell no more. Jobs come page
/// by page, an array's elements one after the other: rows of the array that a page ends in wait for those that may follow.</summary>
internal sealed class ArrayRows
{
    private List<Fold> waiting = [];

    public static IReadOnlyList<Job> Collapse(IEnumerable<Job> jobs) => new ArrayRows().Add(jobs, isLast: true);

    /// <summary>Rows for a page of jobs.</summary>
    /// <param name="jobs">In order.</param>
    /// <param name="isLast">No more will come.</param>
    public IReadOnlyList<Job> Add(IEnumerable<Job> jobs, bool isLast)
    {
        var rows = new List<Fold>(waiting);
        var folds = rows.ToDictionary(fold => (fold.Array, fold.First.Reason));
        var array = waiting.Count > 0 ? waiting[0].Array : "";
        foreach (var job in jobs)
        {
            var (number, index) = Split(job.Id) ?? ("", 0);
            array = number;
            if (job.State != JobState.Pending || number.Length == 0)
                rows.Add(new Fold("", job, []));
            else if (folds.TryGetValue((number, job.Reason), out var known))
                known.Indexes.Add(index);
            else
                rows.Add(folds[(number, job.Reason)] = new Fold(number, job, [index]));
        }

        waiting = isLast || array.Length == 0 ? [] : rows.FindAll(row => row.Array == array);
        return [.. rows.Where(row => !waiting.Contains(row)).Select(row => row.Row)];
    }

    private static (string Array, int Index)? Split(string id)
    {
        var at = id.IndexOf('_', StringComparison.Ordinal);
        return at > 0 && int.TryParse(id.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (id[..at], index)
            : null;
    }

    /// <summary>One row: a job alone, or waiting elements of an array.</summary>
    private sealed class Fold(string array, Job first, List<int> indexes)
    {
        public string Array => array;

        public Job First => first;

        public List<int> Indexes => indexes;

        public Job Row => indexes.Count < 2 ? first : new Job(first) { Id = $"{array}_[{Ranges()}]" };

        private string Ranges()
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
}
