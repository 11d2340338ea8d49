using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Quotas;

/// <summary>All limits, and what users and projects have of them. What has no limit is not counted.</summary>
internal sealed class QuotaBook
{
    private readonly PoolConfig _config;
    private readonly Dictionary<string, Tally?> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tally?> _projects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tally> _tiers;

    public QuotaBook(PoolConfig config)
    {
        _config = config;
        _tiers = config.Tiers.Where(tier => !tier.Limits.IsNone)
            .ToDictionary(tier => tier.Name, tier => new Tally(QuotaScope.Tier, tier.Name, tier.Limits), StringComparer.Ordinal);
        Any = _tiers.Count > 0 || config.Quotas.Users.Count > 0 || config.Quotas.Projects.Count > 0;
    }

    /// <summary>False: there is no limit at all.</summary>
    public bool Any { get; }

    /// <summary>Null: no limit.</summary>
    public Tally? OfUser(string user) => Of(_users, _config.Quotas.Users, QuotaScope.User, user);

    /// <summary>Null: no limit.</summary>
    public Tally? OfProject(string project) =>
        project.Length == 0 ? null : Of(_projects, _config.Quotas.Projects, QuotaScope.Project, project);

    /// <summary>Null: no limit.</summary>
    public Tally? OfTier(string tier) => _tiers.GetValueOrDefault(tier);

    /// <summary>Those whose limits bind a job: its tier, its project, its user.</summary>
    public IEnumerable<Tally> Of(JobSpec spec)
    {
        if (!Any) yield break;
        if (OfTier(spec.Tier) is { } tier) yield return tier;
        if (OfProject(spec.Draft.Project) is { } project) yield return project;
        if (OfUser(spec.User) is { } user) yield return user;
    }

    /// <summary>A job was admitted (1), or has ended (-1).</summary>
    public void CountLive(Job job, int change)
    {
        foreach (var tally in Of(job.Spec)) tally.Live += change;
    }

    /// <summary>A job got (1) or gave back (-1) its devices.</summary>
    public void Count(Job job, IReadOnlyList<CardUse> cards, int sign)
    {
        foreach (var tally in Of(job.Spec)) tally.Count(cards, sign);
    }

    private static Tally? Of(Dictionary<string, Tally?> known, IReadOnlyList<QuotaRule> rules, QuotaScope scope, string name)
    {
        if (rules.Count == 0) return null;
        if (known.TryGetValue(name, out var tally)) return tally;
        var rule = rules.FirstOrDefault(rule => rule.Name == name) ?? rules.FirstOrDefault(rule => rule.Name == "*");
        return known[name] = rule is null || rule.Limits.IsNone ? null : new Tally(scope, name, rule.Limits);
    }
}
