using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Views;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>Arrays for clients.</summary>
internal static class ArrayMapper
{
    public static Wire.ArraySummary ToWire(ArrayView array) => new()
    {
        Elements = array.States.Values.Sum(),
        States =
        {
            array.States.OrderBy(state => state.Key).Select(
                state => new Wire.StateCount { State = EnumMapper.ToWire(state.Key), Count = state.Value }),
        },
        Groups = { array.Groups.Select(ToWire) },
    };

    private static Wire.ArrayGroup ToWire(ArrayGroup group) => new()
    {
        State = EnumMapper.ToWire(group.State),
        Reason = group.Reason?.ToString() ?? "",
        Count = group.Count,
        First = { group.First.Select(id => id.ToString()) },
        Text = group.Text,
    };
}
