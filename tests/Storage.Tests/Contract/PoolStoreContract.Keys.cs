using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Tests.Generators;

namespace GpuScheduler.Storage.Tests.Contract;

public abstract partial class PoolStoreContract
{
    [Fact]
    public async Task Reload_Keys_SayWhatWasAnswered()
    {
        var derived = Sample.Spec() with { TierDerivedFrom = "no GPU asked for" };
        var array = Sample.Array(2, 3) with { IdempotencyKey = "schlüssel-2" };
        await CommitAsync(Sample.Added(Sample.Job(1, spec: derived), key: "k1"), array, Sample.Added(Sample.Job(3)));

        var keys = (await ReloadAsync()).Keys;

        Assert.Equal(
            [new StoredKey("k1", 1, 1, "training", "no GPU asked for"), new StoredKey("schlüssel-2", 2, 3, "training", null)], keys);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Reload_MoreThanAHundredThousandKeys_KeepsTheNewest()
    {
        var spec = Sample.Spec();
        var epoch = (await Store.OpenAsync(Cancel)).Epoch;
        for (var batch = 0; batch < 101; batch++)
        {
            var added = Enumerable.Range(1 + batch * 1_000, 1_000).Select(
                number => Sample.Added(Sample.Job(number, spec: spec), $"k{number}"));
            await Store.CommitAsync(epoch, [.. added], Cancel);
        }

        var keys = (await ReloadAsync()).Keys;

        Assert.Equal(100_000, keys.Count);
        Assert.Equal("k1001", keys[0].Key);
        Assert.Equal("k101000", keys[^1].Key);
    }
}
