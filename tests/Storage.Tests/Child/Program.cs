using GpuScheduler.Storage.Sqlite;
using Xunit.Runner.InProc.SystemConsole;

namespace GpuScheduler.Storage.Tests.Child;

/// <summary>What the kill tests start, and kill: this assembly as a program of its own.</summary>
internal static class Program
{
    public const string Commit = "commit";
    public const string Migrate = "migrate";

    private static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case [Commit, var path]: await CommitForEverAsync(path); return 0;
            case [Migrate, var path]: MigrateForEver(path); return 0;
            // Not a child: the runner of the tests starts them here.
            default: return await ConsoleRunner.Run(arguments);
        }
    }

    /// <summary>Prints each commit's number after it returned.</summary>
    private static async Task CommitForEverAsync(string path)
    {
        await using var store = SqlitePoolStore.Open(path, TimeProvider.System);
        var pool = await store.OpenAsync(CancellationToken.None);
        for (var number = pool.NextJobNumber; ; number++)
        {
            await store.CommitAsync(pool.Epoch, WholeCommit.Make(number), CancellationToken.None);
            Console.WriteLine(number);
        }
    }

    /// <summary>Prints a line in the midst of a migration that doesn't end.</summary>
    private static void MigrateForEver(string path)
    {
        using var connection = Connections.OpenWriter(path, new SqliteStoreOptions());
        connection.CreateFunction("say", (string text) =>
        {
            Console.WriteLine(text);
            return 0;
        });
        new Migrator(path, [.. Migration.Shipped, Migrations.Endless], TimeProvider.System).Run(connection);
    }
}
