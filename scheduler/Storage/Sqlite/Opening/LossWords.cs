namespace GpuScheduler.Storage.Sqlite.Opening;

/// <summary>What is said of a store that lost acknowledged commits: what is missing, and both ways to go on.</summary>
internal static class LossWords
{
    /// <summary>Null when the store has everything that was acknowledged.</summary>
    /// <param name="file">The store.</param>
    /// <param name="known">What the file beside it names; null: nothing.</param>
    /// <param name="has">What the store has; null: it is from before commits were numbered.</param>
    public static string? Compare(string file, AcknowledgedCommit? known, AcknowledgedCommit? has)
    {
        if (known is null or { Number: 0 }) return null;
        var names = AcknowledgedFile.PathOf(file);
        if (has is null)
            return $"it is of an older scheduler, and {names} names commit {known.Number}: {Commits(known.Number)} missing";
        if (has.Identity.Id != known.Identity.Id)
            return $"it is another store than the one that {names} belongs to";
        if (has.Number < known.Number)
            return $"its last commit is {has.Number}, and {names} names commit {known.Number}: {Commits(known.Number - has.Number)} missing";
        return has.Number == known.Number && has.Tag != known.Tag
            ? $"it is a copy that went its own way: its commit {has.Number} is another than the one that {names} names"
            : null;
    }

    /// <summary>The database file is gone or has nothing in it.</summary>
    public static string Nothing(string condition, AcknowledgedCommit? known) =>
        known is null or { Number: 0 } ? $"it {condition}" : $"it {condition}: {Commits(known.Number)} missing";

    /// <summary>What could tell of a loss is gone with what may have been lost.</summary>
    public static string Unnamed(string file) =>
        $"its log {StoreFiles.LogOf(file)} is gone, and so is what {AcknowledgedFile.PathOf(file)} names: what is missing can't be told";

    /// <summary>It is taken as it is.</summary>
    public static string NotNamed(string file) =>
        $"{file}: {AcknowledgedFile.PathOf(file)} is missing or can't be read: the store is taken as it is, and whether it lost commits "
            + "can't be told";

    /// <summary>As said to the person who starts the scheduler.</summary>
    public static StoreLossException Refuse(string file, string loss, AcknowledgedCommit? known) => new(
        $"{file}: the store lost acknowledged work: {loss}. Nothing was changed. If you have a backup, put it in the place of {file} "
            + $"and remove {file}-wal. Then, or to go on with what is left, start once with --accept-loss: the store begins a new "
            + $"generation{(known is null ? "" : $", and job numbers go on at {known.NextJobNumber}")}");

    private static string Commits(long count) => count == 1 ? "1 commit is" : $"{count} commits are";
}
