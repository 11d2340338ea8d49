using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>A place where a job waits. A pending job sits in exactly one; <see cref="Job.Seat"/> says which.</summary>
internal interface ISeat
{
    /// <summary>Takes a job out, for whatever reason.</summary>
    void Remove(Job job);
}

/// <summary>Where held jobs wait: for a person, so nothing looks for them here.</summary>
internal sealed class HeldSeat : ISeat
{
    public static HeldSeat Instance { get; } = new();

    public void Add(Job job) => job.Seat = this;

    public void Remove(Job job) => job.Seat = null;
}
