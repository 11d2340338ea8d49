using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace GpuScheduler.Grains.Serialization;

public static class SerializationExtensions
{
    /// <summary>For every silo, and for every client outside of one: either end needs it to read what the other wrote.</summary>
    public static IServiceCollection AddCoreMessages(this IServiceCollection services) => services
        .AddSingleton<ITypeNameFilter, CoreTypeNames>()
        .AddSerializer(serializer => serializer.AddJsonSerializer(CoreJson.Covers, CoreJson.Options));
}
