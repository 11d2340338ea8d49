using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Views;
using GpuScheduler.Protos.V1;
using JobPriority = GpuScheduler.Core.Engine.JobPriority;

namespace GpuScheduler.Host.Grpc;

/// <summary>Page tokens of GetPriorities: behind which job a page begins, how it stood, and how many were given before.</summary>
internal static class PriorityToken
{
    public static string Write(GetPrioritiesRequest request, JobPriority last, DateTimeOffset time, int given) => ListToken.Write(
        request,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{given}:{time.UtcTicks}:{last.Overdue}:{BitConverter.DoubleToInt64Bits(last.Total)}:{last.Job}:{last.Tier}"));

    /// <summary>Null and 0 without a token.</summary>
    public static (PriorityMark? Behind, int Given) Read(GetPrioritiesRequest request, int limit)
    {
        if (ListToken.Read(request, request.PageToken) is not { } text) return (null, 0);
        return text.Split(':', 6) is [var count, var time, var overdue, var bits, var id, var tier]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given < limit
            && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            && bool.TryParse(overdue, out var isOverdue)
            && long.TryParse(bits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var total)
            && BitConverter.Int64BitsToDouble(total) is var points && double.IsFinite(points)
            && JobId.TryParse(id, out var job)
            ? (new PriorityMark(new DateTimeOffset(ticks, TimeSpan.Zero), tier, isOverdue, points, job), given)
            : throw ListToken.Wrong(request.PageToken);
    }
}
