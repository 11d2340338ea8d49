namespace GpuScheduler.Storage.Sqlite.Opening;

/// <summary>The files of a store: the database and what SQLite keeps beside it.</summary>
internal static class StoreFiles
{
    private static readonly string[] Endings = ["", "-wal", "-shm"];

    public static string LogOf(string store) => store + "-wal";

    /// <summary>A scheduler has worked on it in this folder: it named the store for its own worker.</summary>
    public static bool HasServed(string store) =>
        new FileInfo(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(store))!, "store")) is { Exists: true, Length: > 1 };

    /// <summary>Renames what is there, so that a new store can begin and nothing is thrown away; returns the database's new name.</summary>
    public static string SetAside(string store)
    {
        var aside = FreeName(store);
        foreach (var ending in Endings)
            if (File.Exists(store + ending)) File.Move(store + ending, aside + ending);
        return aside;
    }

    /// <summary>Keeps a copy of a damaged log: going on overwrites it. Returns its name.</summary>
    public static string CopyLog(string store)
    {
        var copy = LogOf(FreeName(store));
        File.Copy(LogOf(store), copy);
        return copy;
    }

    public static void Delete(string store)
    {
        foreach (var ending in Endings) File.Delete(store + ending);
    }

    private static string FreeName(string store) => Enumerable.Range(1, int.MaxValue).Select(number => $"{store}.lost-{number}")
        .First(name => Endings.All(ending => !File.Exists(name + ending)));
}
