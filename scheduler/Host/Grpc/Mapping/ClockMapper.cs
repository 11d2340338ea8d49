using GpuScheduler.Core.Calendars;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>When a submitter's clock changes.</summary>
internal static class ClockMapper
{
    /// <summary>More than any time zone changes its clocks in the years that a deadline may lie ahead.</summary>
    private const int Most = 200;

    /// <summary>Beyond that no place on earth is.</summary>
    private const int WidestMinutes = 840;

    public static IReadOnlyList<ClockChange> FromWire(IReadOnlyList<Wire.ClockChange> changes)
    {
        if (changes.Count > Most) throw BadRequest.Of("clock_changes", $"{changes.Count}", $"at most {Most}");
        var read = new List<ClockChange>(changes.Count);
        foreach (var change in changes)
        {
            if (!IsSound(change) || (read.Count > 0 && change.At.ToDateTimeOffset() <= read[^1].At))
                throw BadRequest.Of("clock_changes", $"{change}", "moments in order, each with an offset of at most 14 hours");
            read.Add(new(change.At.ToDateTimeOffset(), TimeSpan.FromMinutes(change.UtcOffsetMinutes)));
        }

        return read;
    }

    private static bool IsSound(Wire.ClockChange change) =>
        change.At is { Seconds: > 0 and < 253_000_000_000, Nanos: >= 0 and < 1_000_000_000 }
        && change.UtcOffsetMinutes is >= -WidestMinutes and <= WidestMinutes;
}
