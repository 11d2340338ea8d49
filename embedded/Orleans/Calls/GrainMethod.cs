using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Embedded.Calls;

/// <summary>What is known of one method of a grain or observer interface; worked out once, then shared by all calls.</summary>
internal sealed class GrainMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> s_known = new();

    private readonly MethodInvoker _invoker;
    private readonly CallShape _shape;
    private readonly bool _oneWay;
    private readonly int _cancellationIndex;

    private GrainMethod(MethodInfo method)
    {
        Name = $"{method.DeclaringType?.Name}.{method.Name}";
        Interleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        _shape = CallShape.For(method);
        _oneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        _cancellationIndex = Array.FindIndex(method.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken));
        _invoker = MethodInvoker.Create(method);
    }

    public string Name { get; }

    public bool Interleaves { get; }

    public bool ReadOnly { get; }

    /// <exception cref="NotSupportedException">The method can't be called through a reference.</exception>
    public static GrainMethod Of(MethodInfo method) => s_known.GetOrAdd(method, static method => new GrainMethod(method));

    /// <summary>Sends the call and returns what the caller awaits.</summary>
    public object? Call(GrainReference reference, object?[] arguments)
    {
        if (!_oneWay)
            return _shape.Call(this, reference, arguments);
        reference.Route.Send(reference.GrainId, new OneWayRequest(this, _shape, arguments, reference));
        return _shape.Completed;
    }

    /// <summary>Calls the target itself; what it throws comes out as it was thrown.</summary>
    public object? Invoke(object target, object?[] arguments) => _invoker.Invoke(target, arguments.AsSpan());

    public CancellationToken CancellationOf(object?[] arguments) =>
        _cancellationIndex >= 0 ? (CancellationToken)arguments[_cancellationIndex]! : CancellationToken.None;
}
