using Google.Protobuf;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Nodes;
using GpuScheduler.Grains.Views;
using GpuScheduler.Host.Grpc;
using GpuScheduler.Host.Pools;
using GpuScheduler.Host.Workers;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Host.Logs;

/// <summary>
/// Copies the output of one attempt (of a gang: of one rank, which the attempt has) from its node to a reader, at the reader's pace:
/// what doesn't fit the buffer stops the worker's reading, which goes on at that byte once the buffer is empty.
/// </summary>
public sealed class AttemptLog(PoolClient pool, LogParts parts, SessionIds ids)
{
    public async Task Copy(
        JobId job, AttemptView attempt, StreamLogsRequest request, int tailLines, IServerStreamWriter<StreamLogsResponse> writer,
        CancellationToken cancellationToken)
    {
        var node = pool.Node(NodeOf(attempt, request).Name);
        var buffer = new LogBuffer();
        var read = new LogRead("", new AttemptId(job, attempt.Number), request.StandardError, request.Follow, tailLines, request.Offset);
        try
        {
            do
            {
                read = read with { RequestId = ids.Next() };
                parts.Begin(read.RequestId, buffer);
                if (!await node.ReadLog(read, parts.Reference)) throw Away(attempt, request);
                // Tells who follows that the node is there, however long the job is silent.
                var begun = new StreamLogsResponse { Attempt = attempt.Number, Offset = read.Offset };
                if (request.Follow) await writer.WriteAsync(begun, cancellationToken);
                if (await Pass(buffer, attempt, request, writer, cancellationToken)) return;
                await Stop(node, read);
                read = read with { TailLines = 0, Offset = buffer.Next };
            }
            while (true);
        }
        finally
        {
            await Stop(node, read);
        }
    }

    private Task Stop(INodeGrain node, LogRead read)
    {
        parts.End(read.RequestId);
        return node.StopLog(read.RequestId);
    }

    /// <summary>True at the log's end; false when the reader fell behind and the rest must be asked for.</summary>
    private static async Task<bool> Pass(
        LogBuffer buffer, AttemptView attempt, StreamLogsRequest request, IServerStreamWriter<StreamLogsResponse> writer,
        CancellationToken cancellationToken)
    {
        while (await buffer.Read(cancellationToken) is { } part)
        {
            if (part.Error.Length > 0) throw part.NodeLeft ? Away(attempt, request) : BadRequest.NotNow(part.Error);
            if (part.Data.Length > 0 || part.Remark.Length > 0) await writer.WriteAsync(ToWire(part, attempt), cancellationToken);
            if (part.End) return true;
        }

        return false;
    }

    private static StreamLogsResponse ToWire(LogPart part, AttemptView attempt) =>
        new() { Attempt = attempt.Number, Data = UnsafeByteOperations.UnsafeWrap(part.Data), Offset = part.Offset, Remark = part.Remark };

    private static NodeId NodeOf(AttemptView attempt, StreamLogsRequest request) => attempt.Allocation.Nodes[request.Rank].Node;

    /// <summary>Who follows may come back for the rest; who wants what is there now can't have it.</summary>
    private static RpcException Away(AttemptView attempt, StreamLogsRequest request)
    {
        var why = $"node {NodeOf(attempt, request)} is not connected; "
            + $"the output of attempt {attempt.Number} lies there and can be read when it is back";
        return request.Follow ? new RpcException(new Status(StatusCode.Unavailable, why)) : BadRequest.NotNow(why);
    }
}
