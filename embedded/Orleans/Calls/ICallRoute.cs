using Orleans.Runtime;

namespace Orleans.Embedded.Calls;

/// <summary>Where a reference sends its calls: to grains, or to observers.</summary>
internal interface ICallRoute
{
    /// <summary>Never throws for a target's sake: what goes wrong fails the request.</summary>
    void Send(GrainId target, Request request);

    /// <summary>Callers of these calls wait for an answer.</summary>
    ResponseTimeouts Timeouts { get; }

    /// <summary>A call that nobody waits for has failed.</summary>
    void ReportFault(GrainId target, string method, Exception exception);
}
