using System.Net;
using Microsoft.AspNetCore.Connections;

namespace GpuScheduler.Host.Startup;

/// <summary>
/// One silo that listens on no socket. Orleans asks a program that connects for no name and no secret, so on a listening port every
/// account of the machine could join the silo and call its grains. Only this process calls these, and its calls need no connection.
/// </summary>
internal static class ClosedSilo
{
    /// <summary>A part of the silo's name. Nothing is opened there, so that many schedulers on one machine can have the same.</summary>
    public const int NoPort = 11111;

    private const int NoGateway = 0;

    public static ISiloBuilder UseNoListener(this ISiloBuilder silo) =>
        silo.UseLocalhostClustering(NoPort, NoGateway).ConfigureServices(ReplaceListeners);

    private static void ReplaceListeners(IServiceCollection services)
    {
        var opened = services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory))
            .ToList();
        // A version of Orleans that registers them otherwise would open a port without a word.
        if (opened.Count == 0) throw new InvalidOperationException("Orleans registers no listeners that could be replaced");
        foreach (var listener in opened)
        {
            services.Remove(listener);
            services.AddKeyedSingleton<IConnectionListenerFactory, NeverListening>(listener.ServiceKey);
        }
    }

    private sealed class NeverListening : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IConnectionListener>(new NeverAccepting(endpoint));
    }

    private sealed class NeverAccepting(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint => endpoint;

        /// <returns>Null, which ends the accepting, once the silo stops.</returns>
        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            await _end.Task.WaitAsync(cancellationToken);

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => DisposeAsync();

        public ValueTask DisposeAsync()
        {
            _end.TrySetResult(null);
            return ValueTask.CompletedTask;
        }
    }
}
