using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Nodes;

/// <summary>What the pool was told of a node's cards: it hears again only of those that have changed noticeably.</summary>
internal sealed class KnownReadings
{
    /// <summary>Less than this moves no decision, °C.</summary>
    private const int Noticeable = 5;

    /// <summary>Twice as many as a machine can have: more means that its cards' names change all the time.</summary>
    private const int MostKept = 2 * Limits.NodeDevices;

    private readonly Dictionary<string, CardReading> _told = new(StringComparer.Ordinal);

    /// <summary>Those worth telling; from now on they count as told.</summary>
    public IReadOnlyList<CardReading> News(IEnumerable<CardReading> readings)
    {
        var news = readings.Where(IsNews).ToList();
        if (_told.Count + news.Count > MostKept) _told.Clear();
        foreach (var reading in news.Take(MostKept)) _told[reading.Uuid] = reading;
        return news;
    }

    private bool IsNews(CardReading reading)
    {
        if (!_told.TryGetValue(reading.Uuid, out var told)) return reading is not { Celsius: null, RecentFaults: 0 };
        return reading.RecentFaults != told.RecentFaults || reading.Celsius is null != told.Celsius is null
            || Math.Abs(reading.Celsius - told.Celsius ?? 0) >= Noticeable;
    }
}
