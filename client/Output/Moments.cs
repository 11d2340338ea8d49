using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace GpuScheduler.Client.Output;

/// <summary>Points in time as every verb writes them: in UTC, so that they mean the same wherever they are read.</summary>
internal static class Moments
{
    public static string Text(Timestamp? time) =>
        time?.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
