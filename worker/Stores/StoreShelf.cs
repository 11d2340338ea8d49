using System.Collections.Concurrent;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Stores;

/// <summary>
/// A folder for each store that this worker has served: one is in service, the others are kept, and what runs in them goes on. Job
/// numbers mean something only together with their store.
/// </summary>
internal sealed partial class StoreShelf(WorkerHome home, StoreTools tools) : IAsyncDisposable
{
    private const string Shutdown = "the worker is shutting down";

    private readonly ILogger<StoreShelf> _logger = tools.Logging.CreateLogger<StoreShelf>();
    private readonly ConcurrentDictionary<string, StoreWork> _open = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _emptying = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<string> _others = [];
    private (StoreKey? Store, bool TakesOld)? _failed;

    /// <summary>Null until a first scheduler has said which store it has.</summary>
    public StoreWork? InService { get; private set; }

    /// <summary>Ends when <see cref="EmptyAsync"/> has begun.</summary>
    public Task Emptying => _emptying.Task;

    /// <summary>Before the first session: takes up what runs, whichever store's it is.</summary>
    public async Task OpenAsync(bool rebooted)
    {
        var served = FolderInService();
        foreach (var folder in home.Folders().Where(folder => folder == served || HasWork(folder)))
            await OpenAsync(folder, rebooted);
        InService = served is null ? null : _open[served];
        NoteOthers();
    }

    /// <summary>Puts a store's folder in service; it is made where there is none.</summary>
    /// <param name="store">Null: the scheduler names none, as it is older than stores' identities.</param>
    /// <param name="takesOld">A folder from before identities belongs to this store.</param>
    /// <returns>False: it is in service already.</returns>
    /// <exception cref="IOException">The folder can't be made, or not be marked as the store's.</exception>
    public async Task<bool> ServeAsync(StoreKey? store, bool takesOld)
    {
        _failed = (store, takesOld);
        var isOther = await PutInServiceAsync(store, takesOld);
        _failed = null;
        return isOther;
    }

    /// <summary>Before a hello, for a scheduler gives work as soon as it has heard one: a folder that could not be put in service the last
    /// time must be by now.</summary>
    /// <exception cref="IOException">It can't be yet.</exception>
    public async Task ServeWhatFailedAsync()
    {
        if (_failed is var (store, takesOld)) await ServeAsync(store, takesOld);
    }

    private async Task<bool> PutInServiceAsync(StoreKey? store, bool takesOld)
    {
        var folder = store is { } named ? FolderFor(named, takesOld) : InService?.Data.Root ?? home.Root;
        if (InService?.Data.Root == folder && (store is null || InService.Mark.Store is not null)) return false;
        var work = await OpenAsync(folder, rebooted: false);
        if (store is { } owner && work.Mark.Store is null) Take(work, owner);
        if (work == InService) return false;
        DurableFile.Write(home.InServiceFile, Path.GetRelativePath(home.Root, folder) + "\n");
        if (InService is { } old) LogSetAside(old.Data.Root, old.Attempts.Running.Count);
        InService = work;
        LogServes(store?.ToString() ?? "without identity", folder);
        NoteOthers();
        return true;
    }

    /// <summary>Every folder but the one in service; what was removed by hand is not kept any more.</summary>
    public IReadOnlyList<KeptStore> Kept() => [.. _others.Where(home.IsKept).Select(Kept)];

    /// <summary>Stops everything, whichever store's it is, takes no new attempt, and waits until all have ended.</summary>
    public async Task EmptyAsync()
    {
        _emptying.TrySetResult();
        foreach (var work in _open.Values) Close(work);
        await Task.WhenAll(_open.Values.Select(work => work.Attempts.StopAllAsync(EndCause.Drained, Shutdown)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var work in _open.Values) await work.DisposeAsync();
    }

    private async Task<StoreWork> OpenAsync(string folder, bool rebooted)
    {
        if (_open.TryGetValue(folder, out var known))
        {
            known.MakeFolders();
            return known;
        }

        var work = new StoreWork(tools, new DataDirectory(folder));
        try
        {
            await work.OpenAsync(rebooted);
        }
        catch
        {
            await work.DisposeAsync();
            throw;
        }

        _open[folder] = work;
        // After it can be found there: one of the two sees it.
        if (_emptying.Task.IsCompleted) Close(work);
        return work;
    }

    private static void Close(StoreWork work) => work.Attempts.TakeNoMore(EndCause.Drained, Shutdown);

    private void Take(StoreWork work, StoreKey store)
    {
        work.Mark.Take(store);
        if (work.Data.Root == home.Root) LogTaken(work.Data.Root, store.ToString());
    }

    /// <summary>The root is a store's folder only where that store, or none, was served from there before identities.</summary>
    private string FolderFor(StoreKey store, bool takesOld)
    {
        var marked = StoreMark.Read(home.Root);
        return home.HasOldFolder && (marked == store || (marked is null && takesOld)) ? home.Root : home.FolderOf(store);
    }

    private string? FolderInService()
    {
        if (!File.Exists(home.InServiceFile)) return home.HasOldFolder ? home.Root : null;
        var folder = Path.GetFullPath(File.ReadAllText(home.InServiceFile).Trim(), home.Root);
        return home.Folders().Contains(folder) ? folder : null;
    }

    private void NoteOthers() => _others = [.. home.Folders().Where(folder => folder != InService?.Data.Root)];

    private KeptStore Kept(string folder) => new()
    {
        Name = StoreMark.Read(folder) is { } store ? new() { Id = store.Id, Generation = store.Generation } : new(),
        Attempts = { _open.TryGetValue(folder, out var work) ? work.Kept() : [] },
    };

    private static bool HasWork(string folder) =>
        AttemptFolders.In(new DataDirectory(folder)).Any(attempt => attempt is { IsReported: false, Exists: true });
}
