namespace GpuScheduler.Storage.Sqlite;

/// <summary>How carefully a store is read through when it is opened.</summary>
public enum IntegrityCheck
{
    /// <summary>Page structure; seconds for a million jobs.</summary>
    Quick = 0,

    /// <summary>Also that every index agrees with its table; several times slower.</summary>
    Full = 1,

    /// <summary>Not at all.</summary>
    None = 2,
}

/// <summary>How an SQLite store is opened.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>A damaged store must be found before work is taken, not by the commit that meets the damage.</summary>
    public IntegrityCheck IntegrityCheck { get; init; } = IntegrityCheck.Quick;

    /// <summary>Pages (4 KiB) of write-ahead log after which it is copied into the database; fewer means smaller files and more
    /// fsyncs. 100 … 100,000.</summary>
    public int CheckpointPages { get; init; } = 1_000;

    /// <summary>Go on as a new generation although acknowledged commits are missing. False: such a start is refused.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>How long a commit waits for another program that has the database open, such as a shell; 0 … 1 min.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest size in pages, to try what a full disk does; 0: SQLite's own limit.</summary>
    internal int MaxPages { get; init; }
}
