using System.Diagnostics.CodeAnalysis;
using GpuScheduler.Core.Engine;

namespace GpuScheduler.Grains.Messages;

/// <summary>What became of a <see cref="PoolCall"/>. Sent only once it is durable, or once it is certain that it isn't.</summary>
/// <param name="Replies">One for each input; empty when refused.</param>
/// <param name="Refusal">Why nothing was done, for people; null when it was.</param>
/// <param name="Epoch">Of the activation that answered: it only grows.</param>
/// <param name="Failed">The pool met an internal error that this call alone causes: trying again is useless.</param>
[GenerateSerializer, Immutable, Alias("gpusched.PoolAnswer")]
public sealed record PoolAnswer(PoolReply?[] Replies, string? Refusal, long Epoch, bool Failed = false)
{
    /// <summary>The answer to the call's only input; null when it has none.</summary>
    public PoolReply? Reply => Replies.Length == 1 ? Replies[0] : null;

    /// <summary>True when nothing was done; unless it <see cref="Failed"/>, the caller may try again later.</summary>
    [MemberNotNullWhen(true, nameof(Refusal))]
    public bool IsRefused => Refusal is not null;

    /// <summary>The inputs were taken and are durable.</summary>
    public static PoolAnswer Answered(PoolReply?[] replies, long epoch) => new(replies, null, epoch);

    /// <summary>Nothing was done.</summary>
    public static PoolAnswer Refused(string why, long epoch) => new([], why, epoch);

    /// <summary>Nothing was done, and never will be: the scheduler has a bug that this call meets.</summary>
    public static PoolAnswer Faulty(string why, long epoch) => new([], why, epoch, Failed: true);
}
