using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Common.Time;

namespace GpuScheduler.Client.Output;

/// <summary>
/// Points in time as every verb writes them for people: by the clock of the one who reads, with its difference to UTC. JSON is in UTC.
/// </summary>
/// <param name="Zone">The reader's, as <c>TZ</c> or the machine has it.</param>
internal sealed record Moments(TimeZoneInfo Zone)
{
    /// <summary>Empty where there is none.</summary>
    public string Text(Timestamp? time) => time is null ? "" : MomentText.Of(time.ToDateTimeOffset(), Zone);

    /// <summary>What the scheduler says, with its moments by the reader's clock.</summary>
    public string In(string sentence) => MomentText.Within(sentence, Zone);
}
