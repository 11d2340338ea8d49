using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Stores;

internal sealed partial class StoreShelf
{
    [LoggerMessage(5101, LogLevel.Warning,
        "The scheduler's store is another one than before. The folder {Folder} is set aside and kept; {Attempts} attempts there go on, "
            + "keep their cards and cores, and report to their own store only. The folder stays until a "
            + "person removes it; docs/operations.md says how")]
    private partial void LogSetAside(string folder, int attempts);

    [LoggerMessage(5102, LogLevel.Information, "Store {Store} is served from {Folder}")]
    private partial void LogServes(string store, string folder);

    [LoggerMessage(5103, LogLevel.Information,
        "The folder {Folder}, from before stores had identities, belongs to store {Store} from now on")]
    private partial void LogTaken(string folder, string store);
}
