using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Worker.Tests.Fixture;

internal sealed class FakeWorkersService(Conversation talk) : WorkersService.WorkersServiceBase
{
    public override async Task Connect(
        IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context)
    {
        var session = talk.Open();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var listening = ListenAsync(requestStream, session, ending.Token);
        try
        {
            await foreach (var message in session.Reader.ReadAllAsync(context.CancellationToken))
                await responseStream.WriteAsync(message, context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The worker is gone.
        }
        finally
        {
            talk.Close(session);
            // The server gives the stream to the next call: a read left behind would take that call's hello.
            await ending.CancelAsync();
            await listening;
        }
    }

    private async Task ListenAsync(
        IAsyncStreamReader<ConnectRequest> requests, System.Threading.Channels.Channel<ConnectResponse> session,
        CancellationToken cancellationToken)
    {
        try
        {
            while (await requests.MoveNext(cancellationToken))
                talk.Hear(requests.Current, session);
            talk.HearGoodbye();
            // Ends when the worker cancels the call.
            if (talk.HoldsOn) await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or RpcException)
        {
            // The worker is gone.
        }

        talk.Close(session);
    }
}
