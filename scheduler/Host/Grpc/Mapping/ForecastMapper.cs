using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Engine;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>Puts what is foreseen for a waiting job on the wire.</summary>
public static class ForecastMapper
{
    public static Wire.StartForecast ToWire(StartForecast forecast) => new()
    {
        Eta = forecast.Eta?.ToTimestamp(),
        Basis = forecast.Basis,
        BlockedBy = { forecast.BlockedBy.Select(blocker => new Wire.Blocker { Id = blocker.Job.ToString(), Text = blocker.Text }) },
        WouldStartIf =
        {
            forecast.WouldStartIf.Select(
                change => new Wire.StartChange { Change = change.Change, StartsNow = change.StartsNow, Text = change.Text }),
        },
    };
}
