using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>Puts changes into tables; the caller holds the transaction.</summary>
internal sealed class ChangeWriter(SqliteConnection connection) : IDisposable
{
    private const int KeptKeys = 100_000;

    public PoolTable Pool { get; } = new(connection);

    public OpeningsTable Openings { get; } = new(connection);

    public SpecsTable Specs { get; } = new(connection);

    public TextsTable Texts { get; } = new(connection);

    public JobsTable Jobs { get; } = new(connection);

    public AttemptsTable Attempts { get; } = new(connection);

    public NodesTable Nodes { get; } = new(connection);

    public KeysTable Keys { get; } = new(connection);

    public UseTable Use { get; } = new(connection);

    public FamiliesTable Families { get; } = new(connection);

    public RulesTable Rules { get; } = new(connection);

    /// <param name="changes">In order.</param>
    /// <param name="commit">The number of the commit that makes them durable.</param>
    /// <returns>The job number that comes after those added; 0: none was.</returns>
    public long Write(IReadOnlyList<StoreChange> changes, long commit)
    {
        var highest = 0L;
        foreach (var change in changes)
        {
            Write(change, commit);
            if (change is StoreChange.JobsAdded added) highest = Math.Max(highest, added.Number);
        }

        if (highest == 0) return 0;
        Pool.Reserve(checked(highest + 1));
        Keys.Trim(KeptKeys);
        return highest + 1;
    }

    public void Dispose()
    {
        Pool.Dispose();
        Openings.Dispose();
        Specs.Dispose();
        Texts.Dispose();
        Jobs.Dispose();
        Attempts.Dispose();
        Nodes.Dispose();
        Keys.Dispose();
        Use.Dispose();
        Families.Dispose();
        Rules.Dispose();
    }

    private void Write(StoreChange change, long commit)
    {
        switch (change)
        {
            case StoreChange.JobsAdded added: Add(added, commit); break;
            case StoreChange.SpecSaved saved: Specs.Update(saved.Number, saved.Spec); break;
            case StoreChange.JobSaved saved: Save(saved.Job, commit); break;
            case StoreChange.AttemptSaved saved: Attempts.Save(saved.Attempt); break;
            case StoreChange.NodeSaved saved: Nodes.Save(saved.Node); break;
            case StoreChange.UseSaved saved: Use.Save(saved); break;
            case StoreChange.FamilySaved saved: Families.Save(saved.Facts); break;
            case StoreChange.FamilyForgotten forgotten: Families.Forget(forgotten.Family); break;
            case StoreChange.GenerationRaised raised: Pool.Raise(raised); break;
            default: throw new InvalidOperationException($"The store doesn't know the change {change.GetType().Name}.");
        }
    }

    private void Add(StoreChange.JobsAdded added, long commit)
    {
        var spec = added.Spec;
        Specs.Insert(added.Number, spec);
        if (added.Script is not null) Texts.Keep(added.Number, spec.Draft.KeptScript!.Hash, added.Script);
        foreach (var job in added.Jobs)
        {
            Jobs.Insert(job, commit);
            if (job.Attempt is { } attempt) Attempts.Save(attempt);
        }

        if (added.IdempotencyKey.Length > 0)
            Keys.Insert(new StoredKey(added.IdempotencyKey, added.Number, added.Jobs.Count, spec.Tier, spec.TierDerivedFrom));
    }

    private void Save(Job job, long commit)
    {
        Jobs.Update(job, commit);
        if (job.Attempt is { } attempt) Attempts.Save(attempt);
    }
}
