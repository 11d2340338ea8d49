using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Quotas;

/// <summary>Whose limits.</summary>
internal enum QuotaScope
{
    /// <summary>A user's, over all projects.</summary>
    User,

    /// <summary>A project's, over all its users.</summary>
    Project,

    /// <summary>A tier's, over all users.</summary>
    Tier,
}

/// <summary>Cards of one kind that an attempt holds.</summary>
/// <param name="Class">Their class.</param>
/// <param name="Model">Catalog key.</param>
/// <param name="Milli">Thousandths of a card.</param>
internal readonly record struct CardUse(DeviceClass Class, string Model, int Milli);

/// <summary>What a user, project or tier has at the moment, beside what they may have.</summary>
internal sealed class Tally(QuotaScope scope, string name, QuotaLimits limits)
{
    private readonly int[] _cards = new int[limits.Gpus.Count];
    private readonly HashSet<IQuotaWaiter> _waiting = [];

    public QuotaScope Scope { get; } = scope;

    public string Name { get; } = name;

    public QuotaLimits Limits { get; } = limits;

    /// <summary>Jobs that hold devices.</summary>
    public int Running { get; private set; }

    /// <summary>Jobs that have not ended.</summary>
    public int Live { get; set; }

    /// <summary>Grows whenever something is given back.</summary>
    public long Version { get; private set; }

    /// <summary>Thousandths of a card held under the limit with this index.</summary>
    public int Held(int cap) => _cards[cap];

    /// <summary>One more (1) or one less (-1) runs.</summary>
    public void Count(IReadOnlyList<CardUse> cards, int sign)
    {
        Running += sign;
        for (var cap = 0; cap < _cards.Length; cap++)
        {
            foreach (var use in cards)
            {
                if (Limits.Gpus[cap].Covers(use.Class, use.Model)) _cards[cap] += sign * use.Milli;
            }
        }

        if (sign > 0) return;
        Version++;
        Wake();
    }

    /// <summary>Index of the first limit that one more job with these cards would exceed; null: none.</summary>
    public int? Exceeded(CardUse wanted)
    {
        for (var cap = 0; cap < _cards.Length; cap++)
        {
            if (Limits.Gpus[cap].Covers(wanted.Class, wanted.Model) && _cards[cap] + wanted.Milli > Limits.Gpus[cap].Milli) return cap;
        }

        return null;
    }

    public bool IsFull => Running >= Limits.Running;

    public void Wait(IQuotaWaiter waiter) => _waiting.Add(waiter);

    public void Forget(IQuotaWaiter waiter) => _waiting.Remove(waiter);

    /// <summary>Lets all jobs try again that wait for this limit.</summary>
    private void Wake()
    {
        if (_waiting.Count == 0) return;
        foreach (var waiter in _waiting.ToList()) waiter.TryAgain();
    }
}
