namespace Orleans.Embedded.Calls;

/// <summary><c>void</c>: observers only; nobody waits.</summary>
internal sealed class NothingShape : CallShape
{
    public override object? Completed => null;

    public override Task Completion(object? returned) => Task.CompletedTask;

    public override object? Call(GrainMethod method, GrainReference reference, object?[] arguments) =>
        throw new InvalidOperationException($"{method.Name} returns nothing and is sent one-way.");
}

/// <summary><see cref="Task"/>.</summary>
internal sealed class TaskShape : CallShape<bool>
{
    public override object? Completed => Task.CompletedTask;

    public override Task Completion(object? returned) => (Task)returned!;

    public override async ValueTask<bool> ResultOf(object? returned)
    {
        await Completion(returned);
        return true;
    }

    protected override object? Promise(Task<bool> answer) => answer;
}

/// <summary><see cref="Task{TResult}"/>.</summary>
internal sealed class TaskShape<TResult> : CallShape<TResult>
{
    public override object? Completed => null;

    public override Task Completion(object? returned) => (Task)returned!;

    public override ValueTask<TResult> ResultOf(object? returned) => new((Task<TResult>)returned!);

    protected override object? Promise(Task<TResult> answer) => answer;
}

/// <summary><see cref="ValueTask"/>.</summary>
internal sealed class ValueTaskShape : CallShape<bool>
{
    public override object? Completed => default(ValueTask);

    public override Task Completion(object? returned) => ((ValueTask)returned!).AsTask();

    public override async ValueTask<bool> ResultOf(object? returned)
    {
        await (ValueTask)returned!;
        return true;
    }

    protected override object? Promise(Task<bool> answer) => new ValueTask(answer);
}

/// <summary><see cref="ValueTask{TResult}"/>.</summary>
internal sealed class ValueTaskShape<TResult> : CallShape<TResult>
{
    public override object? Completed => null;

    public override Task Completion(object? returned) => ((ValueTask<TResult>)returned!).AsTask();

    public override ValueTask<TResult> ResultOf(object? returned) => (ValueTask<TResult>)returned!;

    protected override object? Promise(Task<TResult> answer) => new ValueTask<TResult>(answer);
}
