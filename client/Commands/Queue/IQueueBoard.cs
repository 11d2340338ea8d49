using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Where a watched queue is shown.</summary>
internal interface IQueueBoard
{
    /// <summary>A job as it stands now; one that is not wanted any more leaves.</summary>
    void Take(Job job, bool wanted);

    /// <summary>Everything that came together has been taken.</summary>
    void Show();

    /// <summary>Something about the connection.</summary>
    void Remark(string text);
}
