using System.Collections;
using System.Reflection;

namespace GpuScheduler.Host.Tests.Extremes;

/// <summary>Looks through all that an object keeps, private or not, for what is longest.</summary>
internal static class Longest
{
    /// <summary>Characters of the longest text, bytes or places of the longest array.</summary>
    public static int In(object root)
    {
        var (seen, open, longest) = (new HashSet<object>(ReferenceEqualityComparer.Instance), new Stack<object>([root]), 0);
        while (open.TryPop(out var one))
        {
            if (one is Type or MemberInfo or Delegate or Assembly || !(one is ValueType || seen.Add(one))) continue;
            longest = Math.Max(longest, one is string text ? text.Length : one is Array array ? array.Length : 0);
            foreach (var part in Parts(one)) open.Push(part);
        }

        return longest;
    }

    private static IEnumerable<object> Parts(object one) => one switch
    {
        string => [],
        Array array => array.GetType().GetElementType() is { IsPrimitive: true } ? [] : ((IEnumerable)array).OfType<object>(),
        _ => Fields(one.GetType()).Select(field => field.GetValue(one)).OfType<object>(),
    };

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        for (; type is { IsPrimitive: false } && type != typeof(object); type = type.BaseType)
        {
            const BindingFlags own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            foreach (var field in type.GetFields(own).Where(field => !field.FieldType.IsPrimitive && !field.FieldType.IsPointer))
                yield return field;
        }
    }
}
