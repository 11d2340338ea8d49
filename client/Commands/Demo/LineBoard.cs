using System.Globalization;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands.Demo;

/// <summary>One line a change, for logs and pipes.</summary>
internal sealed class LineBoard(Call call) : IDemoBoard
{
    private readonly DateTimeOffset began = call.Context.Time.GetUtcNow();
    private readonly Dictionary<string, string> last = new(StringComparer.Ordinal);

    public void Show(IReadOnlyList<Job> jobs)
    {
        foreach (var job in jobs)
        {
            var text = Describe(job);
            if (last.TryGetValue(job.Id, out var before) && before == text)
                continue;

            last[job.Id] = text;
            Say(text);
        }
    }

    public void Say(string text)
    {
        var seconds = (call.Context.Time.GetUtcNow() - began).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        call.Out.WriteLine($"[{seconds,5} s] {text}");
        call.Out.Flush();
    }

    private static string Describe(Job job)
    {
        var where = JobStates.HoldsDevices(job.State) ? $" on {job.Node} ({JobRows.Card(job)})" : "";
        var reason = job.State == JobState.Pending && job.Reason.Length > 0 ? $" ({job.Reason})" : "";
        var resumed = job.State == JobState.Running && job.HasResumedFromStep ? $", resumed at step {job.ResumedFromStep}" : "";
        return $"job {job.Id} {job.Spec.Name} [{job.Tier}] {JobStates.Name(job.State)}{where}{reason}{resumed}";
    }
}
