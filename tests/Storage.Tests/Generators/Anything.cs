using System.Reflection;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Storage.Tests.Generators;

/// <summary>
/// Makes a value of any model type, filling every field it finds: a field added to the model is stored, or the round-trip tests
/// fail. The same seed makes the same value.
/// </summary>
internal sealed class Anything(int seed)
{
    private static readonly string[] Texts =
        ["", "a", "train.py", "日本語", "🚀 ünïcode", "\"quoted\\\"", "two\nlines\t", "nul\0inside", "'; DROP TABLE jobs; --",
            new string('x', 3_000)];

    private static readonly long[] Extremes = [0, 1, -1, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];

    private readonly Random _random = new(seed);
    private readonly NullabilityInfoContext _nullability = new();

    public T Make<T>() => (T)Make(typeof(T));

    /// <summary>A job with every field filled; its newest attempt, where it has one, is its own.</summary>
    public Job Job(JobId id, JobSpec spec, Func<JobState, bool> allowed)
    {
        var states = Enum.GetValues<JobState>().Where(allowed).ToArray();
        var job = Fill(new Job(id, spec, Make<DateTimeOffset>()), nameof(Core.Model.Job.Attempt));
        job.State = states[_random.Next(states.Length)];
        job.AttemptNumber = _random.Next(0, 3) * 1_000;
        job.Attempt = job.AttemptNumber == 0 ? null : Attempt(new AttemptId(id, job.AttemptNumber));
        return job;
    }

    public Attempt Attempt(AttemptId id)
    {
        var attempt = Fill(new Attempt(id, Make<Allocation>(), Make<DateTimeOffset>()));
        foreach (var rank in attempt.Ranks) Fill(rank);
        return attempt;
    }

    public Node Node(string name) => Fill(new Node(new NodeId(name)));

    private object Make(Type type) => type switch
    {
        _ when type == typeof(string) => Texts[_random.Next(Texts.Length)],
        _ when type == typeof(bool) => _random.Next(2) == 0,
        _ when type == typeof(int) => unchecked((int)Number()),
        _ when type == typeof(long) => Number(),
        _ when type == typeof(double) => _random.NextDouble() * 1_000,
        _ when type == typeof(decimal) => _random.Next(1, 1_000_000) / 1_000m,
        _ when type == typeof(TimeSpan) => new TimeSpan(Number()),
        _ when type == typeof(DateTimeOffset) => Time(),
        _ when type == typeof(JobId) =>
            new JobId(_random.NextInt64(1, long.MaxValue), _random.Next(2) == 0 ? JobId.NoIndex : _random.Next()),
        _ when type == typeof(ArraySpec) => new ArraySpec(Indexes(), _random.Next(2) == 0 ? null : _random.Next(1, 10)),
        _ when type == typeof(Allocation) => AllocationOf(_random.Next(1, 4)),
        _ when type.IsEnum => Enum.GetValues(type).GetValue(_random.Next(Enum.GetValues(type).Length))!,
        _ when IsGeneric(type, typeof(IReadOnlyList<>)) => List(type.GenericTypeArguments[0]),
        _ when IsGeneric(type, typeof(IReadOnlyDictionary<,>)) => Dictionary(type.GenericTypeArguments[1]),
        _ => Object(type),
    };

    private Allocation AllocationOf(int nodes) =>
        new([.. Enumerable.Range(0, nodes).Select(_ => Make<NodeShare>())]) { MeetingPort = nodes > 1 ? _random.Next(0, 65_536) : 0 };

    private object Object(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        var arguments = constructor.GetParameters().Select(parameter => MaybeNull(parameter.ParameterType, _nullability.Create(parameter)))
            .ToArray();
        return Fill(constructor.Invoke(arguments));
    }

    private T Fill<T>(T target, params string[] except)
        where T : class
    {
        foreach (var property in
            target.GetType().GetProperties().Where(property => property.SetMethod is { IsPublic: true } && !except.Contains(property.Name)))
            property.SetValue(target, MaybeNull(property.PropertyType, _nullability.Create(property)));
        return target;
    }

    private object? MaybeNull(Type type, NullabilityInfo info)
    {
        if (info.ReadState == NullabilityState.Nullable && _random.Next(3) == 0) return null;
        return Make(Nullable.GetUnderlyingType(type) ?? type);
    }

    private long Number() => _random.Next(3) == 0 ? Extremes[_random.Next(Extremes.Length)] : _random.Next(0, 100_000);

    private DateTimeOffset Time() => _random.Next(4) switch
    {
        0 => DateTimeOffset.MinValue,
        1 => DateTimeOffset.MaxValue,
        _ => new DateTimeOffset(_random.NextInt64(DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero),
    };

    private int[] Indexes() =>
        [.. Enumerable.Range(0, _random.Next(1, 20)).Select(_ => _random.Next(0, 30)).Append(int.MaxValue).Distinct().Order()];

    private Array List(Type element)
    {
        var list = Array.CreateInstance(element, _random.Next(0, 4));
        for (var at = 0; at < list.Length; at++)
            list.SetValue(Make(element), at);
        return list;
    }

    private object Dictionary(Type value)
    {
        var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string),
            value))!;
        foreach (var key in Texts.Where(_ => _random.Next(4) == 0))
            dictionary.Add(key, Make(value));
        return dictionary;
    }

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
