using GpuScheduler.Core.Storage;
using GpuScheduler.Testing.Stores;

namespace GpuScheduler.Storage.Tests.Contract;

/// <summary>The store that other tests run on keeps the same promises.</summary>
public sealed class InMemoryContractTests : PoolStoreContract
{
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override Task<IPoolStore> CreateAsync() => Task.FromResult<IPoolStore>(new InMemoryPoolStore());

    protected override Task<IPoolStore> ReopenAsync() => Task.FromResult(Store);
}
