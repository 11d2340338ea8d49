using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Observers;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Hosting;

/// <summary>Puts the silo among the host's services.</summary>
internal sealed class SiloBuilder(IServiceCollection services, IConfiguration configuration) : ISiloBuilder
{
    public IServiceCollection Services { get; } = services;

    public IConfiguration Configuration { get; } = configuration;

    /// <summary>A second <c>UseOrleans</c> on one host continues the first.</summary>
    public static SiloBuilder For(IServiceCollection services, IConfiguration configuration)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(SiloBuilder))?.ImplementationInstance is SiloBuilder known)
            return known;
        var builder = new SiloBuilder(services, configuration);
        services.AddSingleton(builder);
        AddSilo(services);
        return builder;
    }

    private static void AddSilo(IServiceCollection services)
    {
        services.AddLogging();
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SiloClocks>();
        services.AddSingleton<ApplicationAssemblies>();
        services.AddSingleton<GrainClasses>();
        services.AddSingleton<Silo>();
        services.AddSingleton<ObserverDirectory>();
        services.AddSingleton<GrainFactory>();
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddTransient<IGrainContext>(_ => Activation.Current
            ?? throw new InvalidOperationException("Only a grain under construction can be given its context."));
        services.AddHostedService<SiloService>();
    }
}
