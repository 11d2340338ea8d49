using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands.Demo;

/// <summary>Shows a demo while it runs.</summary>
internal interface IDemoBoard
{
    /// <summary>The jobs as they stand now.</summary>
    void Show(IReadOnlyList<Job> jobs);

    /// <summary>Something happened that the table doesn't say.</summary>
    void Say(string text);
}
