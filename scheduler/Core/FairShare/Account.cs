using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.FairShare;

/// <summary>What use is counted for: the pool, a project, a user within a project, or a user without one.</summary>
internal sealed class Account(string project, string user, Account? parent)
{
    /// <summary>Decayed use, with all that runs. To be changed in place.</summary>
    public UseMeter Use;

    /// <summary>Decayed use of what has ended: the part that is durable.</summary>
    public UseMeter Settled;

    /// <summary>Empty for users without a project, and for the pool.</summary>
    public string Project { get; } = project;

    /// <summary>Empty for projects and for the pool.</summary>
    public string User { get; } = user;

    /// <summary>The project of a user within one, else the pool; null: this is the pool.</summary>
    public Account? Parent { get; } = parent;

    /// <summary>Entitlement beside the siblings'; 1 or more.</summary>
    public int Shares { get; set; } = 1;

    /// <summary>Shares of the children that take part now.</summary>
    public long ChildShares { get; set; }

    /// <summary>Jobs that have not ended.</summary>
    public int Live { get; set; }

    /// <summary>0 … 1, as of the last look at all accounts.</summary>
    public double Factor { get; set; } = 1;

    /// <summary>Takes part in sharing: has jobs, or used something that is not forgotten yet.</summary>
    public bool IsActive { get; set; }

    /// <summary>True for whose jobs it counts; false for projects and the pool.</summary>
    public bool IsLeaf => User.Length > 0;

    /// <summary>Names the account in stores and tables.</summary>
    public AccountId Id => new(Project, User);
}
