using System.Threading.Channels;
using Grpc.Core;
using Grpc.Health.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.HealthCheck;

/// <summary>Statuses by service name, asked for once or watched. Register as a singleton and set what changes.</summary>
public class HealthServiceImpl : Health.V1.Health.HealthBase
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ServingStatus> _statuses = [];
    private readonly List<Watcher> _watchers = [];

    /// <summary>The empty name is the whole server.</summary>
    public void SetStatus(string service, ServingStatus status)
    {
        lock (_lock)
        {
            _statuses[service] = status;
            Notify_NeedsLock(service, status);
        }
    }

    public void ClearStatus(string service)
    {
        lock (_lock)
        {
            _statuses.Remove(service);
            Notify_NeedsLock(service, ServingStatus.ServiceUnknown);
        }
    }

    public void ClearAll()
    {
        lock (_lock)
        {
            foreach (var service in _statuses.Keys)
                Notify_NeedsLock(service, ServingStatus.ServiceUnknown);
            _statuses.Clear();
        }
    }

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        lock (_lock)
        {
            return _statuses.TryGetValue(request.Service, out var status)
                ? Task.FromResult(new HealthCheckResponse { Status = status })
                : throw new RpcException(new Status(StatusCode.NotFound, $"Service '{request.Service}' has no status."));
        }
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var watcher = Add(request.Service);
        try
        {
            ServingStatus? last = null;
            await foreach (var status in watcher.Statuses.Reader.ReadAllAsync(context.CancellationToken))
            {
                if (status == last)
                    continue;
                last = status;
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status });
            }
        }
        finally
        {
            Remove(watcher);
        }
    }

    private Watcher Add(string service)
    {
        // A watcher that falls behind gets the newest status and misses what lay between.
        var newest = new BoundedChannelOptions(capacity: 1) { FullMode = BoundedChannelFullMode.DropOldest };
        var watcher = new Watcher(service, Channel.CreateBounded<ServingStatus>(newest));
        lock (_lock)
        {
            _watchers.Add(watcher);
            watcher.Statuses.Writer.TryWrite(_statuses.GetValueOrDefault(service, ServingStatus.ServiceUnknown));
        }

        return watcher;
    }

    private void Remove(Watcher watcher)
    {
        lock (_lock)
        {
            _watchers.Remove(watcher);
        }
    }

    private void Notify_NeedsLock(string service, ServingStatus status)
    {
        foreach (var watcher in _watchers.Where(watcher => watcher.Service == service))
            watcher.Statuses.Writer.TryWrite(status);
    }

    private sealed record Watcher(string Service, Channel<ServingStatus> Statuses);
}
