using GpuScheduler.Storage.Sqlite;

namespace GpuScheduler.Storage.Tests.Child;

/// <summary>Migrations that were never shipped.</summary>
internal static class Migrations
{
    private const string Table = "CREATE TABLE half_done (x INTEGER NOT NULL) STRICT; INSERT INTO half_done VALUES (1);";

    private const string Forever = "INSERT INTO half_done WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n "
        + "WHERE x < 0;";

    /// <summary>The version after the newest shipped one.</summary>
    public static int NextVersion => Migration.Shipped[^1].Version + 1;

    public static Migration Next { get; } = new(NextVersion, "next.sql", Table);

    /// <summary>Says when its table is there, and never ends.</summary>
    public static Migration Endless { get; } = new(NextVersion, "next.sql", Table + "SELECT say('in the midst');" + Forever);
}
