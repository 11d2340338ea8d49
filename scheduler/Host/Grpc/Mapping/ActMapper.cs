using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Model;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>What people did, for clients.</summary>
internal static class ActMapper
{
    public static Wire.Act ToWire(Act act) => new()
    {
        Kind = ToWire(act.Kind),
        User = act.User,
        Time = act.Time.ToTimestamp(),
        CardUuid = act.Card,
        Reason = act.Why,
    };

    private static Wire.ActKind ToWire(ActKind kind) => kind switch
    {
        ActKind.Cancelled => Wire.ActKind.Cancelled,
        ActKind.Held => Wire.ActKind.Held,
        ActKind.Released => Wire.ActKind.Released,
        ActKind.Requeued => Wire.ActKind.Requeued,
        ActKind.Drained => Wire.ActKind.Drained,
        ActKind.Resumed => Wire.ActKind.Resumed,
    };
}
