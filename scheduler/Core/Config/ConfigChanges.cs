using System.Collections;
using System.Reflection;

namespace GpuScheduler.Core.Config;

/// <summary>Tells which sections of two sets of rules differ, member by member, so that a section added later is never forgotten.</summary>
internal static class ConfigChanges
{
    /// <summary>Sections as <c>pool.yaml</c> names them, in its order.</summary>
    public static IReadOnlyList<string> Between(PoolConfig old, PoolConfig rules) =>
    [
        .. typeof(PoolConfig).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(section => !Same(section.GetValue(old), section.GetValue(rules)))
            .Select(section => char.ToLowerInvariant(section.Name[0]) + section.Name[1..]),
    ];

    private static bool Same(object? x, object? y)
    {
        if (Equals(x, y)) return true;
        if (x is null || y is null || x.GetType().IsValueType || x is string) return false;
        return x is IEnumerable left && y is IEnumerable right ? SameItems(left, right) : SameMembers(x, y);
    }

    private static bool SameItems(IEnumerable x, IEnumerable y)
    {
        var (left, right) = (x.Cast<object?>().ToList(), y.Cast<object?>().ToList());
        return left.Count == right.Count && left.Zip(right).All(pair => Same(pair.First, pair.Second));
    }

    private static bool SameMembers(object x, object y) => x.GetType() == y.GetType()
        && x.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .All(member => Same(member.GetValue(x), member.GetValue(y)));
}
