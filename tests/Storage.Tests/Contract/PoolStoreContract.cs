using GpuScheduler.Core.Storage;

namespace GpuScheduler.Storage.Tests.Contract;

/// <summary>What every <see cref="IPoolStore"/> must do. A store joins by a class that says how it is made.</summary>
public abstract partial class PoolStoreContract : IAsyncLifetime
{
    private IPoolStore? _store;

    /// <summary>The store under test.</summary>
    protected IPoolStore Store => _store ?? throw new InvalidOperationException("The store has not been made yet.");

    /// <summary>Bounds a test that hangs.</summary>
    protected CancellationToken Cancel { get; } = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    public async ValueTask InitializeAsync() => _store = await CreateAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Makes an empty store.</summary>
    protected abstract Task<IPoolStore> CreateAsync();

    /// <summary>Ends the store as a shutdown would and makes another on what it left.</summary>
    protected abstract Task<IPoolStore> ReopenAsync();

    /// <summary>Opens, commits in one go, and returns the epoch.</summary>
    protected async Task<long> CommitAsync(params StoreChange[] changes)
    {
        var pool = await Store.OpenAsync(Cancel);
        await Store.CommitAsync(pool.Epoch, changes, Cancel);
        return pool.Epoch;
    }

    /// <summary>What a new process would find.</summary>
    protected async Task<StoredPool> ReloadAsync()
    {
        _store = await ReopenAsync();
        return await _store.OpenAsync(Cancel);
    }
}
