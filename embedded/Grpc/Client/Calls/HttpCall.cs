using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// The life of one call, whatever its messages: it ends once, by the server's status, a failure, the deadline, the caller's
/// token, or disposal, whichever comes first; everything later sees that outcome.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "The call ends by itself and then lets go of timer and response; the source holds no handle.")]
internal abstract class HttpCall(GrpcChannel channel, IMethod method, string? host, CallOptions options)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly CancellationTokenSource _abort = new();
    private Task<HttpResponseMessage>? _response;
    private HttpResponseMessage? _received;
    private CallOutcome? _outcome;
    private CancellationTokenRegistration _callerToken;
    private Timer? _deadlineTimer;

    public CallOutcome? Outcome => Volatile.Read(ref _outcome);

    public CallOutcome Ended => Outcome ?? throw new InvalidOperationException("The call hasn't ended yet.");

    /// <summary>Cancelled as soon as the call ended by anything but the server's status.</summary>
    public CancellationToken Aborted => _abort.Token;

    public WriteOptions? WriteOptions => options.WriteOptions;

    /// <summary>The response's headers have come, or the call failed with an <see cref="RpcException"/>.</summary>
    protected Task<HttpResponseMessage> Response => _response ?? throw new UnreachableException("The call wasn't started.");

    public async Task<Metadata> GetHeadersAsync() => ResponseMetadata.FromHeaders((await Response).Headers);

    public void Cancel(Status reason)
    {
        if (TryEnd(CallOutcome.Of(reason)))
            Abort();
    }

    /// <summary>Ends the call because of an exception, unless it has ended, and says what to throw at the caller.</summary>
    public RpcException Fail(Exception ex)
    {
        var outcome = ex is RpcException rpc ? new CallOutcome(rpc.Status, rpc.Trailers) : CallOutcome.Of(StatusOf(ex));
        if (TryEnd(outcome))
            Abort();
        return Ended.ToException();
    }

    /// <summary>What a failure of the transport means; the deadline is the likelier reason for a reset after it.</summary>
    public Status StatusOf(Exception ex)
    {
        var status = TransportFailure.ToStatus(ex);
        return status.StatusCode == StatusCode.Cancelled && options.Deadline <= DateTime.UtcNow
            ? new Status(StatusCode.DeadlineExceeded, status.Detail, ex)
            : status;
    }

    protected void Send(HttpContent content) => _response = SendAsync(content);

    protected bool TryEnd(CallOutcome outcome)
    {
        if (Interlocked.CompareExchange(ref _outcome, outcome, null) is not null)
            return false;
        _callerToken.Unregister();
        _deadlineTimer?.Dispose();
        OnEnded(outcome);
        return true;
    }

    protected virtual void OnEnded(CallOutcome outcome)
    {
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContent content)
    {
        try
        {
            WatchCancellation();
            var request = RequestHead.Create(channel.AddressOf(method), host, options, content);
            WatchDeadline();
            var response = await channel.SendAsync(request, Aborted);
            Volatile.Write(ref _received, response);
            if (_abort.IsCancellationRequested)
                response.Dispose();
            else if (ResponseMetadata.EarlyOutcome(response) is { } outcome)
                TryEnd(outcome);
            return response;
        }
        catch (Exception ex)
        {
            throw Fail(ex);
        }
    }

    private void WatchCancellation()
    {
        if (options.CancellationToken.CanBeCanceled)
            _callerToken = options.CancellationToken.UnsafeRegister(
                static call => ((HttpCall)call!).Cancel(new Status(StatusCode.Cancelled, "Call canceled by the client.")), this);
        if (Outcome is not null)
            throw Ended.ToException();
    }

    private void WatchDeadline()
    {
        if (options.Deadline is not { } deadline || deadline == DateTime.MaxValue)
            return;
        var left = deadline - DateTime.UtcNow;
        if (left <= TimeSpan.Zero)
            throw new RpcException(PastDeadline);
        if (left < LongestTimer)
            _deadlineTimer = new Timer(static call => ((HttpCall)call!).Cancel(PastDeadline), this, left, Timeout.InfiniteTimeSpan);
    }

    private static Status PastDeadline => new(StatusCode.DeadlineExceeded, "The call's deadline passed.");

    /// <summary>Resets the stream, in whatever phase it is: disposing a response is what tells the server.</summary>
    private void Abort()
    {
        _abort.Cancel();
        Volatile.Read(ref _received)?.Dispose();
    }
}
