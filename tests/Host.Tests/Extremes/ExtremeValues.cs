using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace GpuScheduler.Host.Tests.Extremes;

/// <summary>For every field of a message, at any depth, the values at which programs break.</summary>
internal static class ExtremeValues
{
    private const int Many = 2_000, Deepest = 4;

    private static readonly string[] Texts =
    [
        "", " ", "x", "\0", "\u001b[2J", "\uFFFD", new('a', 300), new('9', 40), new('1', 100_000), "-1", "0", "9223372036854775807",
        "9223372036854775808", "1-9223372036854775807", "1-", "1-100000", "1_[0-2147483647]", "1_2147483647", "1,2", "0-4000000%2147483647",
        "now+999999999days", "now+999999999weeks", "9999-12-31T23:59:59", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00",
        "0001-01-01T00:00:00+14:00", "midnight", "1231", "999999999-23:59:59", "999999999d", "2147483647T", "a100:2147483647", "64",
        "[a100@999999999999999999999999999999, h100@0.0000000000000000000001]", "9223372036854775807GB..", "cc>=99.9",
        "driver>=2147483647.2147483647.2147483647", "2147483647g.2147483647gb", "1000m", "1", "afterok:9223372036854775807",
        "lab-[0-2147483647]", "[[[", "%", "/" + new string('x', 5_000), "training", "preprocessing", "lab", "lab/GPU-lab-0",
    ];

    private static readonly long[] Numbers =
    [
        long.MinValue, int.MinValue, -1, 0, 1, 64, 1_000, 100_001, int.MaxValue, 253_402_300_799, 315_576_000_001, 1_000_000_000_000_000,
        1L << 62, long.MaxValue,
    ];

    /// <summary>Copies of a message, each with one field changed, and what was changed.</summary>
    public static IEnumerable<(string Change, TMessage Message)> Of<TMessage>(TMessage valid)
        where TMessage : IMessage => Changes(valid.Descriptor, Deepest).Select(change =>
        {
            var copy = (TMessage)valid.Descriptor.Parser.ParseFrom(valid.ToByteArray());
            change.Apply(copy);
            return (change.Name, copy);
        });

    /// <summary>Every change of a message of this kind, to be combined at will.</summary>
    public static IEnumerable<(string Name, Action<IMessage> Apply)> Changes(MessageDescriptor kind, int depth = Deepest) =>
        kind.Fields.InFieldNumberOrder().SelectMany(field => Changes(field, depth));

    private static IEnumerable<(string Name, Action<IMessage> Apply)> Changes(FieldDescriptor field, int depth)
    {
        var name = $"{field.ContainingType.Name}.{field.Name}";
        if (field.IsMap) return OfMap(field, name);
        var within = field.FieldType == FieldType.Message && depth > 0 ? Inside(field, depth) : [];
        return Values(field).Select(value => ($"{name} = {Short(value)}", (Action<IMessage>)(message => Put(message, field, value))))
            .Concat(within);
    }

    private static IEnumerable<(string Name, Action<IMessage> Apply)> Inside(FieldDescriptor field, int depth) =>
        Changes(field.MessageType, depth - 1).Select(change => (
            $"{field.Name}.{change.Name}", (Action<IMessage>)(message => change.Apply(Part(message, field)))));

    /// <summary>The part that is there, or a new one.</summary>
    public static IMessage Part(IMessage message, FieldDescriptor field)
    {
        if (field.IsRepeated)
        {
            var list = (System.Collections.IList)field.Accessor.GetValue(message);
            if (list.Count == 0) list.Add(New(field));
            return (IMessage)list[^1]!;
        }

        if (field.Accessor.GetValue(message) is IMessage part) return part;
        var made = New(field);
        field.Accessor.SetValue(message, made);
        return made;
    }

    private static void Put(IMessage message, FieldDescriptor field, object value)
    {
        if (!field.IsRepeated)
        {
            field.Accessor.SetValue(message, value);
            return;
        }

        var list = (System.Collections.IList)field.Accessor.GetValue(message);
        list.Clear();
        foreach (var one in (IEnumerable<object>)value) list.Add(one);
    }

    private static IEnumerable<object> Values(FieldDescriptor field)
    {
        var singles = Singles(field).ToList();
        if (!field.IsRepeated) return singles;
        return singles.Select(value => (object)new[] { value })
            .Append(Array.Empty<object>()).Append(Enumerable.Repeat(singles[^1], 2)).Append(Enumerable.Repeat(singles[0], Many));
    }

    private static IEnumerable<object> Singles(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => Texts,
        FieldType.Bool => [false, true],
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 =>
            Numbers.Select(number => (object)(int)Math.Clamp(number, int.MinValue, int.MaxValue)).Distinct(),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Numbers.Cast<object>(),
        FieldType.UInt32 or FieldType.Fixed32 => [0u, 1u, uint.MaxValue],
        FieldType.UInt64 or FieldType.Fixed64 => [0ul, 1ul, ulong.MaxValue],
        FieldType.Double => [double.NaN, double.NegativeInfinity, double.MaxValue, 0d],
        FieldType.Float => [float.NaN, float.NegativeInfinity, float.MaxValue, 0f],
        FieldType.Bytes => [ByteString.Empty, ByteString.CopyFrom(new byte[100_000]), ByteString.CopyFrom(0xFF, 0xFE)],
        FieldType.Enum => [0, 1, -1, 777, int.MaxValue],
        FieldType.Message => [New(field)],
        _ => throw new NotSupportedException($"{field.FieldType}"),
    };

    private static IEnumerable<(string Name, Action<IMessage> Apply)> OfMap(FieldDescriptor field, string name)
    {
        var (keys, values) = (Few(field.MessageType.FindFieldByNumber(1)), Few(field.MessageType.FindFieldByNumber(2)));
        foreach (var key in keys) yield return ($"{name}[{Short(key)}]", message => Map(message, field)[key] = values[^1]);
        foreach (var value in values) yield return ($"{name} = {Short(value)}", message => Map(message, field)[keys[^1]] = value);
        if (field.MessageType.FindFieldByNumber(1).FieldType != FieldType.String) yield break;
        yield return ($"{name}: many", message =>
        {
            for (var i = 0; i < Many; i++) Map(message, field)[$"n{i}"] = values[^1];
        }
        );
    }

    /// <summary>Without the longest texts: a map's are tried with every key.</summary>
    private static List<object> Few(FieldDescriptor field) => [.. Singles(field).Where(value => $"{value}".Length < 1_000)];

    private static System.Collections.IDictionary Map(IMessage message, FieldDescriptor field) =>
        (System.Collections.IDictionary)field.Accessor.GetValue(message);

    private static IMessage New(FieldDescriptor field) => field.MessageType.Parser.ParseFrom(ByteString.Empty);

    private static string Short(object value) => $"{value}" is var text && text.Length > 60 ? $"{text[..60]}… ({text.Length})" : text;
}
