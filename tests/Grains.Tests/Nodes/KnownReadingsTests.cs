using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Nodes;

namespace GpuScheduler.Grains.Tests.Nodes;

public sealed class KnownReadingsTests
{
    [Fact]
    public void Only_what_changed_noticeably_is_told()
    {
        var known = new KnownReadings();

        Assert.Single(known.News([new CardReading("a", 60, 0), new CardReading("b", null, 0)]));
        Assert.Empty(known.News([new CardReading("a", 64, 0)]));
        Assert.Single(known.News([new CardReading("a", 65, 0)]));
        Assert.Empty(known.News([new CardReading("a", 61, 0)]));
        Assert.Single(known.News([new CardReading("a", 61, 1)]));
        Assert.Single(known.News([new CardReading("a", null, 1)]));
        Assert.Single(known.News([new CardReading("b", 0, 0)]));
    }
}
