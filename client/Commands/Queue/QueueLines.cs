using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Common.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>One line a change, for pipes and files. What a new connection tells again is not said twice.</summary>
internal sealed class QueueLines(Call call) : IQueueBoard
{
    private readonly Dictionary<string, string> said = new(StringComparer.Ordinal);

    public void Take(Job job, bool wanted)
    {
        var line = PlainText.OneLine($"{job.Id} {JobStates.Name(job.State)} {job.Spec.Name} {JobRows.NodeOrReason(job)}").TrimEnd();
        if (wanted && said.GetValueOrDefault(job.Id) != line) call.Out.WriteLine(line);
        if (JobStates.HasEnded(job.State)) said.Remove(job.Id);
        else said[job.Id] = line;
    }

    public void Show() => call.Out.Flush();

    public void Remark(string text) => call.Remark(text);
}
