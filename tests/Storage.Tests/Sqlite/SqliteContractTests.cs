using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Tests.Contract;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

#pragma warning disable CA1001 // xunit calls DisposeAsync of IAsyncLifetime.
public sealed class SqliteContractTests : PoolStoreContract
#pragma warning restore CA1001
{
    private readonly StoreFolder _folder = new();
    private SqlitePoolStore? _sqlite;

    public override async ValueTask DisposeAsync()
    {
        if (_sqlite is not null) await _sqlite.DisposeAsync();
        _folder.Dispose();
    }

    protected override Task<IPoolStore> CreateAsync()
    {
        _sqlite = SqlitePoolStore.Open(_folder.Store, TestTime.NewClock());
        return Task.FromResult<IPoolStore>(_sqlite);
    }

    protected override async Task<IPoolStore> ReopenAsync()
    {
        await _sqlite!.DisposeAsync();
        return await CreateAsync();
    }
}
