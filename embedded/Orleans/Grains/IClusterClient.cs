namespace Orleans;

/// <summary>How code outside of grains reaches them. In the embedded host the client lives in the silo's own process.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
