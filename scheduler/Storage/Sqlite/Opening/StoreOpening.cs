using System.Globalization;
using GpuScheduler.Storage.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Opening;

/// <summary>A store that may be worked with.</summary>
/// <param name="Connection">The writer's.</param>
/// <param name="VersionFound">Schema version before this start; 0: the store is new.</param>
/// <param name="Notes">What the person who runs the scheduler should hear of.</param>
internal sealed record OpenedStore(SqliteConnection Connection, int VersionFound, IReadOnlyList<string> Notes);

/// <summary>
/// Checks a store against what was acknowledged, makes or migrates it. Until every check has passed nothing is changed: neither
/// does SQLite clear away a log that a person may still need.
/// </summary>
internal sealed class StoreOpening(string file, TimeProvider time, SqliteStoreOptions options, IReadOnlyList<Migration> migrations)
{
    private readonly AcknowledgedCommit? _known = AcknowledgedFile.Read(file);
    private readonly List<string> _notes = [];
    private readonly Migrator _migrator = new(file, migrations, time);
    /// <summary>Before SQLite made a new one; a start that was refused leaves an empty one.</summary>
    private readonly bool _hadNoLog = new FileInfo(StoreFiles.LogOf(file)) is not { Exists: true, Length: > 0 };
    private bool _lossAccepted;
    private bool _isNew;
    private bool _hasIdentity;

    /// <exception cref="StoreRefusedException">It can't be used; the message says what to do.</exception>
    public OpenedStore Open()
    {
        CheckFiles();
        if (!File.Exists(file)) Create();
        var connection = ConnectAndCheck() ?? ReplaceEmpty();
        try
        {
            var found = _migrator.Run(connection);
            if (_lossAccepted) GoOn(connection);
            // From here on the log is as usual, and starts anew: no frame of before is ever taken for one of now.
            Connections.CheckpointOnClose(connection, true);
            Connections.TryRestartLog(connection);
            return new OpenedStore(connection, _isNew ? 0 : found, _notes);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What can be seen before SQLite touches anything: it removes the log of an empty database.</summary>
    private void CheckFiles()
    {
        var (database, log) = (new FileInfo(file), new FileInfo(StoreFiles.LogOf(file)));
        var condition = !database.Exists ? "is gone" : database.Length == 0 ? "is empty" : null;
        // Where nothing was ever acknowledged a missing file is a new store.
        if (condition == "is gone" && _known is null or { Number: 0 } && log is not { Exists: true, Length: > 0 }) return;
        if (condition is not null) ReplaceFiles(condition);
        else if (LogScan.FindDamage(log.FullName) is { } damage) AcceptDamage($"its log {log.FullName} is damaged: {damage}");
    }

    private void ReplaceFiles(string condition)
    {
        Accept(LossWords.Nothing(condition, _known));
        _notes.Add($"{file}: a new store begins; what was left is kept as {StoreFiles.SetAside(file)}*");
    }

    private void AcceptDamage(string damage)
    {
        Accept(damage);
        _notes.Add($"{file}: the damaged log is kept as {StoreFiles.CopyLog(file)}");
    }

    /// <summary>Under another name until its tables are there: a database without tables is then never a new store.</summary>
    private void Create()
    {
        var begun = file + ".new";
        StoreFiles.Delete(begun);
        using (var connection = Connections.OpenWriter(begun, options)) _migrator.Run(connection);
        File.Move(begun, file);
        _isNew = true;
    }

    /// <summary>Null: a database that has no tables.</summary>
    private SqliteConnection? ConnectAndCheck()
    {
        var connection = Connections.OpenWriter(file, options);
        try
        {
            Connections.CheckpointOnClose(connection, false);
            Integrity.Check(connection, file, options.IntegrityCheck);
            var version = _migrator.Find(connection);
            if (version > 0) CheckLoss(connection, version);
            else connection.Dispose();
            return version > 0 ? connection : null;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteConnection ReplaceEmpty()
    {
        ReplaceFiles("has no tables (a copy of the database alone, without its log, looks so)");
        Create();
        return ConnectAndCheck() ?? throw new InvalidOperationException($"{file}: the new store has no tables");
    }

    private void CheckLoss(SqliteConnection connection, int version)
    {
        _hasIdentity = !_isNew && version >= PoolTable.IdentityVersion;
        if (_isNew) return;
        var has = _hasIdentity ? PoolTable.ReadCommit(connection) : null;
        if (LossWords.Compare(file, _known, has) is { } loss) Accept(loss);
        else if (_known is null && has is { Number: > 0 }) Unnamed();
    }

    /// <summary>The file beside the store is gone or broken. With the log gone, too, where a scheduler has worked, that is no accident
    /// that can be told from a loss.</summary>
    private void Unnamed()
    {
        if (_hadNoLog && StoreFiles.HasServed(file)) Accept(LossWords.Unnamed(file));
        else _notes.Add(LossWords.NotNamed(file));
    }

    private void Accept(string loss)
    {
        if (!options.AcceptLoss) throw LossWords.Refuse(file, loss, _known);
        _notes.Add($"{file}: the store lost acknowledged work, which was accepted: {loss}");
        _lossAccepted = true;
    }

    private void GoOn(SqliteConnection connection)
    {
        var now = PoolTable.BeginGeneration(connection, _known, adoptIdentity: !_hasIdentity);
        _notes.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: goes on as generation {now.Identity.Generation}; the next job number is {now.NextJobNumber}"));
    }
}
