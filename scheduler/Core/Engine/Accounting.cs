using GpuScheduler.Core.Config;
using GpuScheduler.Core.FairShare;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Core.Quotas;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine;

/// <summary>Keeps the books: who has what at the moment, and who used how much.</summary>
internal sealed class Accounting(PoolConfig config) : IHeadCount
{
    private readonly Dictionary<AttemptId, Charge> _running = [];
    private CostConfig _costs = config.Costs;

    public AccountBook Accounts { get; } = new(config.Order, config.Shares);

    public QuotaBook Quotas { get; private set; } = new(config);

    public UserLoads Loads { get; private set; } = new(config.Quotas);

    public void Admit(Job job)
    {
        Loads.Count(job, 1);
        Accounts.Admit(job);
        Quotas.CountLive(job, 1);
    }

    public void Leave(Job job)
    {
        Loads.Count(job, -1);
        Accounts.Leave(job);
        Quotas.CountLive(job, -1);
    }

    /// <summary>An attempt was granted its devices.</summary>
    public void Start(Job job, Attempt attempt, PoolMap map, DateTimeOffset now)
    {
        var charge = Add(job, attempt, map);
        Accounts.Start(charge.Account, charge.Rate, now);
    }

    /// <summary>An attempt was granted its devices before the pool was loaded.</summary>
    public void Resume(Job job, Attempt attempt, PoolMap map, DateTimeOffset now)
    {
        var charge = Add(job, attempt, map);
        Accounts.Resume(charge.Account, charge.Rate, charge.Since, now);
    }

    /// <summary>An attempt gave its devices back. Returns whose use is settled; null: it was not counted any more.</summary>
    public Account? End(AttemptId attempt, DateTimeOffset now)
    {
        if (!_running.Remove(attempt, out var charge)) return null;
        Quotas.Count(charge.Job, charge.Cards, -1);
        Accounts.End(charge.Account, charge.Rate, charge.Since, now);
        return charge.Account;
    }

    /// <summary>What is durable of an account.</summary>
    public StoreChange.UseSaved Settled(Account account, DateTimeOffset now) =>
        new(account.Id, account.Settled.At(now, Accounts.Decay), now);

    /// <summary>Other rules hold from now on: what runs costs what it did when it started, and counts towards the new limits.</summary>
    public void Adopt(PoolConfig rules, IEnumerable<Job> live, DateTimeOffset now)
    {
        Accounts.Adopt(rules.Order, rules.Shares, now);
        (_costs, Quotas, Loads) = (rules.Costs, new QuotaBook(rules), new UserLoads(rules.Quotas));
        foreach (var job in live)
        {
            Loads.Count(job, 1);
            Quotas.CountLive(job, 1);
        }

        foreach (var charge in _running.Values) Quotas.Count(charge.Job, charge.Cards, 1);
    }

    private Charge Add(Job job, Attempt attempt, PoolMap map)
    {
        var cards = Charges.CardsOf(attempt.Allocation, map);
        var charge = new Charge(
            job, Accounts.Of(job.Spec.Draft), Charges.RateOf(attempt.Allocation, cards, _costs), attempt.GrantTime, cards);
        _running[attempt.Id] = charge;
        Quotas.Count(job, cards, 1);
        return charge;
    }

    /// <summary>What an attempt costs and holds for as long as it lives.</summary>
    private sealed record Charge(Job Job, Account Account, double Rate, DateTimeOffset Since, IReadOnlyList<CardUse> Cards);
}
