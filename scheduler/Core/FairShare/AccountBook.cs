using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.FairShare;

/// <summary>All accounts of a pool, two levels deep: projects and users without one, then users within projects.</summary>
internal sealed class AccountBook
{
    /// <summary>Use below this (cost × seconds) is forgotten: its account counts no longer among the siblings.</summary>
    private const double Negligible = 1;

    private readonly Dictionary<AccountId, Account> _accounts = [];
    private readonly List<Account> _inOrder = [];
    private Decay _decay;
    private ShareConfig _shares;

    public AccountBook(OrderConfig order, ShareConfig shares) => (_decay, _shares) = (new Decay(order.HalfLife), shares);

    /// <summary>The root: all use together.</summary>
    public Account Pool { get; } = new("", "", null);

    /// <summary>Projects and users in order of first sight; a project stands before its users.</summary>
    public IReadOnlyList<Account> All => _inOrder;

    public Decay Decay => _decay;

    /// <summary>An account takes part that did not at the last look: every share is another one.</summary>
    public bool IsStale { get; private set; }

    /// <summary>The account that a submission counts for; made when first asked for.</summary>
    public Account Of(JobDraft draft) => Of(new AccountId(draft.Project, draft.User));

    public Account Of(AccountId id)
    {
        if (_accounts.TryGetValue(id, out var known)) return known;
        var parent = id.Project.Length > 0 && id.User.Length > 0 ? Of(id with { User = "" }) : Pool;
        var made = new Account(id.Project, id.User, parent);
        made.Shares = SharesOf(made);
        _accounts.Add(id, made);
        _inOrder.Add(made);
        return made;
    }

    /// <summary>A job was admitted, or lives again.</summary>
    public void Admit(Job job)
    {
        var account = Of(job.Spec.Draft);
        IsStale |= !account.IsActive;
        CountLive(account, 1);
    }

    /// <summary>A job has ended for good.</summary>
    public void Leave(Job job) => CountLive(Of(job.Spec.Draft), -1);

    /// <summary>An attempt starts to cost its account, and all above it, so much a second.</summary>
    public void Start(Account account, double rate, DateTimeOffset time)
    {
        for (var one = account; one is not null; one = one.Parent) one.Use.Change(rate, time, _decay);
    }

    /// <summary>An attempt is found to have been running for a while: the pool was loaded.</summary>
    public void Resume(Account account, double rate, DateTimeOffset started, DateTimeOffset now)
    {
        for (var one = account; one is not null; one = one.Parent)
            one.Use.Add(rate * _decay.Steady((now - started).TotalSeconds), now, _decay);
        Start(account, rate, now);
    }

    /// <summary>It ends: what it used is settled.</summary>
    public void End(Account account, double rate, DateTimeOffset started, DateTimeOffset time)
    {
        var use = rate * _decay.Steady((time - started).TotalSeconds);
        for (var one = account; one is not null; one = one.Parent)
        {
            one.Use.Change(-rate, time, _decay);
            one.Settled.Add(use, time, _decay);
        }
    }

    /// <summary>Use that a store remembers.</summary>
    public void Remember(AccountId id, double use, DateTimeOffset time)
    {
        for (var one = Of(id); one is not null; one = one.Parent)
        {
            one.Use.Add(use, time, _decay);
            one.Settled.Add(use, time, _decay);
        }
    }

    /// <summary>Other rules hold from now on; what was used so far was used by the old ones.</summary>
    public void Adopt(OrderConfig order, ShareConfig shares, DateTimeOffset now)
    {
        foreach (var account in _inOrder.Append(Pool))
        {
            account.Use.Settle(now, _decay);
            account.Settled.Settle(now, _decay);
        }

        (_decay, _shares) = (new Decay(order.HalfLife), shares);
        foreach (var account in _inOrder) account.Shares = SharesOf(account);
    }

    /// <summary>Works out every factor: two passes over the accounts, none over jobs.</summary>
    public void Refresh(DateTimeOffset now)
    {
        IsStale = false;
        Pool.ChildShares = 0;
        foreach (var account in _inOrder) account.ChildShares = 0;
        foreach (var account in _inOrder)
        {
            account.IsActive = account.Live > 0 || account.Use.At(now, _decay) > Negligible;
            if (account.IsActive) account.Parent!.ChildShares += account.Shares;
        }

        var pool = Pool.Use.At(now, _decay);
        foreach (var account in _inOrder) account.Factor = Standing(account, pool, now).Factor;
    }

    /// <summary>Where an account stands, by the shares of the last <see cref="Refresh"/>.</summary>
    public Standing Standing(Account account, DateTimeOffset now) => Standing(account, Pool.Use.At(now, _decay), now);

    private Standing Standing(Account account, double pool, DateTimeOffset now)
    {
        var use = account.Use.At(now, _decay);
        var part = pool <= 0 ? 0 : use / pool;
        var ofSiblings = account.Shares / (double)Math.Max(account.Shares, account.Parent!.ChildShares);
        if (account.Parent.Parent is null) return new Standing(use, ofSiblings, part, FairShareFormula.Factor(part, ofSiblings));
        var above = Standing(account.Parent, pool, now);
        var effective = FairShareFormula.EffectiveUse(part, above.EffectiveUse, ofSiblings);
        var share = ofSiblings * above.Share;
        return new Standing(use, share, effective, FairShareFormula.Factor(effective, share));
    }

    private int SharesOf(Account account) => account.IsLeaf
        ? _shares.Users.GetValueOrDefault(account.User, 1)
        : _shares.Projects.GetValueOrDefault(account.Project, 1);

    private static void CountLive(Account account, int change)
    {
        for (var one = account; one is not null; one = one.Parent) one.Live += change;
    }
}

/// <summary>Where an account stands.</summary>
/// <param name="Use">Decayed use, cost × seconds.</param>
/// <param name="Share">Normalized over the pool, 0 … 1.</param>
/// <param name="EffectiveUse">0 … 1.</param>
/// <param name="Factor">0 … 1; 0.5: exactly what is due.</param>
internal readonly record struct Standing(double Use, double Share, double EffectiveUse, double Factor);
