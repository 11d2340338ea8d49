using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>Drafts that say the same keep it once.</summary>
public sealed class SharedWordsTests
{
    [Fact]
    public void Equal_parts_of_drafts_are_one()
    {
        var words = new SharedWords();
        var (one, other) = (words.Share(Part("1")), words.Share(Part("2")));

        Assert.Same(one.Seldom, other.Seldom);
        Assert.Same(one.Checkpoint, other.Checkpoint);
        Assert.Equal(("250m", "nodes-a", "1", "2"), (other.GpuShare, other.NodeList, one.Command[0], other.Command[0]));
    }

    [Fact]
    public void What_differs_stays_apart()
    {
        var words = new SharedWords();
        var (one, other) = (words.Share(Part("1")), words.Share(Part("1") with { Comment = "again" }));

        Assert.Equal(("", "again"), (one.Comment, other.Comment));
        Assert.Same(one.NodeList, other.NodeList);
    }

    [Fact]
    public void A_whole_script_is_not_kept_for_the_next()
    {
        var words = new SharedWords();
        var script = new string('x', 1000);
        var (one, other) = (
            words.Share(Part("1") with { Script = script }), words.Share(Part("1") with { Script = new string('x', 1000) }));

        Assert.NotSame(one.Seldom, other.Seldom);
        Assert.Equal(one, other with { Command = one.Command });
    }

    private static JobDraft Part(string word) => Drafts.Job("1") with
    {
        Command = [word],
        GpuShare = new string("250m".ToCharArray()),
        NodeList = new string("nodes-a".ToCharArray()),
        Checkpoint = new CheckpointSpec(true, "/ckpt", "USR1"),
    };
}
