using Grpc.Core;

namespace GpuScheduler.Host.Tests.Extremes;

/// <summary>What a handler may ask of the call it serves.</summary>
internal sealed class WireCall(CancellationToken cancellation) : ServerCallContext
{
    protected override string MethodCore => "/test";

    protected override string HostCore => "test";

    protected override string PeerCore => "unknown";

    protected override DateTime DeadlineCore => DateTime.MaxValue;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => cancellation;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => null!;

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => null!;
}

/// <summary>The requests of a stream, all there from the beginning.</summary>
internal sealed class WireRequests<T>(params IReadOnlyList<T> messages) : IAsyncStreamReader<T>
{
    private int _next = -1;

    public T Current => messages[_next];

    public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(++_next < messages.Count);
}

/// <summary>Takes a stream's answers.</summary>
internal sealed class WireAnswers<T> : IServerStreamWriter<T>
{
    private readonly List<T> _said = [];

    /// <summary>Those so far, in order.</summary>
    public IReadOnlyList<T> Said => _said;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        _said.Add(message);
        return Task.CompletedTask;
    }
}
