using GpuScheduler.Core.Storage;
using GpuScheduler.Host.Options;
using GpuScheduler.Storage.Sqlite;

namespace GpuScheduler.Host.Pools;

/// <summary>Keeps the text of the rules in force beside the pool's work, for those who replay it. The pool does without: if the
/// store can't take it, that is said in the log, and nothing else happens.</summary>
/// <param name="save">Writes down the file's name and its text.</param>
/// <param name="file">Where the rules are; empty: the shipped ones are in force.</param>
/// <param name="first">What the file said when the scheduler started.</param>
/// <param name="logger">Where to complain.</param>
public sealed partial class RulesKeeper(Func<string, string, Task> save, string file, string first, ILogger<RulesKeeper> logger)
{
    /// <summary>For a scheduler's store.</summary>
    internal static Func<IServiceProvider, RulesKeeper> Of(SqlitePoolStore store, CheckedOptions options) => services =>
        new(
            (file, text) =>
                store.SaveRulesAsync(new(file, text), CancellationToken.None), options.File.FullPath ?? "", options.Text,
                services.GetRequiredService<ILogger<RulesKeeper>>());

    /// <summary>Those with which the scheduler starts.</summary>
    public Task KeepFirst() => Keep(first);

    /// <summary>Those that are in force now.</summary>
    public async Task Keep(string text)
    {
        try
        {
            await save(file, text);
        }
        catch (Exception failure) when (failure is StoreFullException or StoreUnavailableException)
        {
            LogNotKept(failure.Message);
        }
    }

    [LoggerMessage(
        2404, LogLevel.Warning, "The rules in force could not be kept in the store, so that replays of it will follow older ones: {Why}")]
    private partial void LogNotKept(string why);
}
