using System.Collections.Concurrent;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Nodes;

namespace GpuScheduler.Host.Logs;

/// <summary>
/// Where the parts of all logs arrive; each goes to the buffer of the reader who asked for it. One object for all readers, which stays:
/// a worker sends on for a moment after a reader has left, and Orleans calls each message to an object that has gone an error.
/// </summary>
public sealed class LogParts(IGrainFactory grains) : ILogSink
{
    private readonly ConcurrentDictionary<string, LogBuffer> _buffers = new();
    private readonly Lock _lock = new();
    private ILogSink? _self;

    /// <summary>What a node is given to answer to. Not made before the first reader comes: then the silo runs.</summary>
    public ILogSink Reference
    {
        get
        {
            lock (_lock)
            {
                return _self ??= grains.CreateObjectReference<ILogSink>(this);
            }
        }
    }

    /// <summary>Parts that answer this request go into the buffer from now on.</summary>
    internal void Begin(string requestId, LogBuffer buffer)
    {
        buffer.Begin(requestId);
        _buffers[requestId] = buffer;
    }

    /// <summary>Parts that still come for it are dropped.</summary>
    internal void End(string requestId) => _buffers.TryRemove(requestId, out _);

    public Task Take(LogPart part)
    {
        if (_buffers.TryGetValue(part.RequestId, out var buffer)) buffer.Take(part);
        return Task.CompletedTask;
    }
}
