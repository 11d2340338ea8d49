using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Embedded.Calls;

/// <summary>How a method's return type maps to an answer: one shape for each return type that grain methods may have.</summary>
internal abstract class CallShape
{
    /// <summary>What the caller of a one-way method gets at once.</summary>
    public abstract object? Completed { get; }

    /// <exception cref="NotSupportedException">The method can't be called through a reference.</exception>
    public static CallShape For(MethodInfo method)
    {
        if (method.IsGenericMethodDefinition || method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef))
            throw Unsupported(method, "generic, ref and out");
        var shape = Of(method.ReturnType) ?? throw Unsupported(method, $"returning {method.ReturnType}");
        if (method.IsDefined(typeof(OneWayAttribute)) && method.ReturnType.IsGenericType)
            throw Unsupported(method, "[OneWay] with a result");
        return shape;
    }

    /// <summary>Sends a call that is answered, and returns what the caller awaits.</summary>
    public abstract object? Call(GrainMethod method, GrainReference reference, object?[] arguments);

    /// <summary>When the target's method has ended, its result left aside.</summary>
    public abstract Task Completion(object? returned);

    private static CallShape? Of(Type type)
    {
        if (type == typeof(void))
            return new NothingShape();
        if (type == typeof(Task))
            return new TaskShape();
        if (type == typeof(ValueTask))
            return new ValueTaskShape();
        if (!type.IsGenericType)
            return null;
        var definition = type.GetGenericTypeDefinition();
        var shape = definition == typeof(Task<>) ? typeof(TaskShape<>)
            : definition == typeof(ValueTask<>) ? typeof(ValueTaskShape<>)
            : null;
        return shape is null ? null : (CallShape)Activator.CreateInstance(shape.MakeGenericType(type.GetGenericArguments()))!;
    }

    private static NotSupportedException Unsupported(MethodInfo method, string what) => new(
        $"{method.DeclaringType}.{method.Name}: {what} isn't supported. Grain methods return Task, Task<T>, ValueTask or "
        + "ValueTask<T>, observer methods also void; parameters are passed by value.");
}

/// <summary>A shape with an answer of type <typeparamref name="TResult"/>.</summary>
internal abstract class CallShape<TResult> : CallShape
{
    public sealed override object? Call(GrainMethod method, GrainReference reference, object?[] arguments)
    {
        var request = new CallRequest<TResult>(method, this, arguments, reference.GrainId);
        request.Watch(reference.Route.Timeouts);
        reference.Route.Send(reference.GrainId, request);
        return Promise(request.Promise);
    }

    /// <summary>The outcome of the target's own method.</summary>
    public abstract ValueTask<TResult> ResultOf(object? returned);

    /// <summary>The answer in the method's return type.</summary>
    protected abstract object? Promise(Task<TResult> answer);
}
