namespace Orleans.Embedded.Calls;

/// <summary>A call that nobody waits for: <c>[OneWay]</c> methods, and observer methods that return nothing.</summary>
internal sealed class OneWayRequest(GrainMethod method, CallShape shape, object?[] arguments, GrainReference reference) : Request
{
    public override bool Interleaves => method.Interleaves;

    public override bool ReadOnly => method.ReadOnly;

    public override bool IsAbandoned => false;

    public override async Task RunAsync(object target)
    {
        try
        {
            await shape.Completion(method.Invoke(target, arguments));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    public override void Answer()
    {
        // The caller went on when it had sent the call.
    }

    public override void Fail(Exception exception) => reference.Route.ReportFault(reference.GrainId, method.Name, exception);
}
