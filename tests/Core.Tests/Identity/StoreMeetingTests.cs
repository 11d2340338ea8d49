using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Tests.Identity;

/// <summary>Whose a worker's folder is, as a table.</summary>
public sealed class StoreMeetingTests
{
    /// <summary>Opened three times: commits 1 … 100, 101 … 200, and 201 … 250 so far; job 50 comes next.</summary>
    private static readonly StoreStanding Store = new(
        new StoreIdentity("aaaa", 3), [new("first", 1), new("second", 101), new("third", 201)], 250, 50, TakesOldFolders: false);

    [Theory]
    [InlineData("third", 250, 49, "all that there is")]
    [InlineData("third", 201, 0, "it was away for some commits")]
    [InlineData("second", 200, 20, "it was away for a restart")]
    [InlineData("first", 1, 1, "it was away for two restarts")]
    [InlineData("third", 200, 0, "an opening before its first commit")]
    public void What_the_store_remembers_is_ours(string opening, long commit, long job, string why) =>
        Assert.True(Judge(new StoreClaim("aaaa", 3, opening, commit, job)) is StoreVerdict.Ours, why);

    [Theory]
    [InlineData("third", 251, 20, "a later commit")]
    [InlineData("third", 250, 50, "a later job")]
    [InlineData("second", 201, 20, "the opening went on further than the store knows, although the store has more commits since")]
    [InlineData("lost", 120, 20, "an opening that the store doesn't know")]
    public void What_the_store_has_lost_begins_a_generation(string opening, long commit, long job, string why) =>
        Assert.True(Judge(new StoreClaim("aaaa", 3, opening, commit, job)) is StoreVerdict.Restored { Generation: 4 }, why);

    [Theory]
    [InlineData(3, 20, 4, 50)]
    [InlineData(3, 70, 4, 71)]
    [InlineData(9, 70, 10, 71)]
    [InlineData(9, 0, 10, 50)]
    public void Numbers_go_on_above_the_highest_that_either_names(long generation, long job, long begun, long next) =>
        Assert.Equal(new StoreVerdict.Restored(begun, next), Judge(new StoreClaim("aaaa", generation, "lost", 300, job)));

    [Theory]
    [InlineData("bbbb", 3, "another store")]
    [InlineData("aaaa", 2, "a generation that is over")]
    public void Others_are_strangers(string id, long generation, string why) =>
        Assert.True(Judge(new StoreClaim(id, generation, "third", 999, 999)) is StoreVerdict.Stranger, why);

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    [InlineData(true, false, true)]
    public void A_folder_without_a_name_is_taken_where_it_can_only_be_ours(bool takesOld, bool holds, bool isOurs) =>
        Assert.Equal(isOurs, StoreMeeting.Judge(Store with { TakesOldFolders = takesOld }, StoreClaim.None, holds) is StoreVerdict.Ours);

    private static StoreVerdict Judge(StoreClaim claim) => StoreMeeting.Judge(Store, claim, holds: true);
}
