using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Tests.Generators;

namespace GpuScheduler.Storage.Tests.Contract;

public abstract partial class PoolStoreContract
{
    [Fact]
    public async Task Text_OfASubmission_IsReadByItsHashAndNotWithTheJob()
    {
        var added = WithScript(1, new string('x', 5_000) + "ü");
        await CommitAsync(added);

        var job = Assert.Single((await ReloadAsync()).Jobs);

        Assert.Equal("", job.Spec.Draft.Script);
        Assert.Equal(added.Spec.Draft.KeptScript, job.Spec.Draft.KeptScript);
        Assert.Equal(added.Script, await Store.ReadTextAsync(job.Spec.Draft.KeptScript!.Hash, Cancel));
    }

    [Fact]
    public async Task Text_SubmittedTwice_IsReadForBoth()
    {
        var (first, second) = (WithScript(1, new string('y', 2_000)), WithScript(2, new string('y', 2_000)));
        await CommitAsync(first, second);

        Assert.Equal(first.Spec.Draft.KeptScript, second.Spec.Draft.KeptScript);
        Assert.Equal(first.Script, await Store.ReadTextAsync(first.Spec.Draft.KeptScript!.Hash, Cancel));
    }

    [Fact]
    public async Task Text_ThatNoJobRefersTo_IsNull()
    {
        await Store.OpenAsync(Cancel);

        Assert.Null(await Store.ReadTextAsync(new string('0', 64), Cancel));
    }

    private static StoreChange.JobsAdded WithScript(long number, string script)
    {
        var spec = Sample.Spec();
        spec = spec with { Draft = spec.Draft with { KeptScript = KeptText.Of(script) } };
        return new StoreChange.JobsAdded(number, spec, "", [Sample.Job(number, spec: spec)]) { Script = script };
    }
}
