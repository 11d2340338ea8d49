using System.Globalization;

namespace GpuScheduler.Core.Model;

/// <summary>
/// Names a job for ever: <c>12</c>, or <c>12_3</c> for element 3 of array 12. Numbers start at 1 and are never reused.
/// </summary>
/// <param name="Number">1 … 2^63-1.</param>
/// <param name="Index">Array index, or <see cref="NoIndex"/> outside arrays.</param>
public readonly record struct JobId(long Number, int Index = JobId.NoIndex) : IComparable<JobId>
{
    /// <summary>The index of a job that is no array element.</summary>
    public const int NoIndex = -1;

    /// <summary>True for an element of an array.</summary>
    public bool IsElement => Index != NoIndex;

    /// <summary>Submission order: by number, then by index.</summary>
    public int CompareTo(JobId other) => Number != other.Number ? Number.CompareTo(other.Number) : Index.CompareTo(other.Index);

    /// <inheritdoc/>
    public override string ToString() => IsElement
        ? string.Create(CultureInfo.InvariantCulture, $"{Number}_{Index}")
        : Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads <c>12</c> or <c>12_3</c>; false for anything else.</summary>
    public static bool TryParse(string? text, out JobId id)
    {
        id = default;
        if (string.IsNullOrEmpty(text)) return false;
        var parts = text.Split('_');
        if (parts.Length > 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return false;
        var index = NoIndex;
        if (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)) return false;
        id = new JobId(number, index);
        return true;
    }

    /// <summary>Compares in submission order.</summary>
    public static bool operator <(JobId left, JobId right) => left.CompareTo(right) < 0;

    /// <summary>Compares in submission order.</summary>
    public static bool operator >(JobId left, JobId right) => left.CompareTo(right) > 0;

    /// <summary>Compares in submission order.</summary>
    public static bool operator <=(JobId left, JobId right) => left.CompareTo(right) <= 0;

    /// <summary>Compares in submission order.</summary>
    public static bool operator >=(JobId left, JobId right) => left.CompareTo(right) >= 0;
}

/// <summary>One try to run a job. The number is the fencing token: it only grows, and only the newest may act.</summary>
/// <param name="Job">The job.</param>
/// <param name="Number">1 for the first attempt.</param>
public readonly record struct AttemptId(JobId Job, int Number)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Job}#{Number}";
}

/// <summary>A machine's name, unique in its pool; compared by ordinal.</summary>
/// <param name="Name">1 … 253 characters of letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
public readonly record struct NodeId(string Name) : IComparable<NodeId>
{
    /// <inheritdoc/>
    public int CompareTo(NodeId other) => string.CompareOrdinal(Name, other.Name);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Compares by ordinal.</summary>
    public static bool operator <(NodeId left, NodeId right) => left.CompareTo(right) < 0;

    /// <summary>Compares by ordinal.</summary>
    public static bool operator >(NodeId left, NodeId right) => left.CompareTo(right) > 0;

    /// <summary>Compares by ordinal.</summary>
    public static bool operator <=(NodeId left, NodeId right) => left.CompareTo(right) <= 0;

    /// <summary>Compares by ordinal.</summary>
    public static bool operator >=(NodeId left, NodeId right) => left.CompareTo(right) >= 0;
}
