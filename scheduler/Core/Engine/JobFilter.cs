using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>Which jobs a call is about, by what they are. All that is given must match; beside ids it narrows them.</summary>
public sealed record JobFilter
{
    /// <summary>Whose; null: any user's.</summary>
    public string? User { get; init; }

    /// <summary>Called so; null: whatever their name.</summary>
    public string? Name { get; init; }

    /// <summary>In one of these states; empty: in any.</summary>
    public IReadOnlyList<JobState> States { get; init; } = [];

    /// <summary>Of this tier; null: of any.</summary>
    public string? Tier { get; init; }

    /// <summary>It asks for something.</summary>
    public bool IsGiven => User is not null || Name is not null || States.Count > 0 || Tier is not null;

    /// <summary>Why a job is not meant, in words; null: it is.</summary>
    public string? Mismatch(Job job)
    {
        if (User is not null && job.Spec.User != User) return $"its user is {job.Spec.User}, not {User}";
        if (Name is not null && job.Spec.Name != Name) return $"its name is {job.Spec.Name}, not {Name}";
        if (Tier is not null && !job.Spec.Tier.Equals(Tier, StringComparison.OrdinalIgnoreCase))
            return $"its tier is {job.Spec.Tier}, not {Tier}";
        return States.Count > 0 && !States.Contains(job.State)
            ? $"it is {job.State.DisplayName()}, not {string.Join(" or ", States.Select(state => state.DisplayName()))}"
            : null;
    }
}
