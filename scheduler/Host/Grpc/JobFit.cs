using Google.Protobuf.Collections;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc;

/// <summary>Keeps the message of one job within a bound: it may have thousands of attempts, a mebibyte of arguments, a thousand nodes.
/// </summary>
internal static class JobFit
{
    /// <summary>Attempts of one job in an answer.</summary>
    public const int Attempts = 500;

    private const int Words = 1_000;
    private const int WordBytes = 64 << 10;
    private const int Cards = 1_000;

    /// <summary>The same message, at most <see cref="AnswerSize.MostOfOne"/> bytes of it.</summary>
    public static Job Fit(Job job)
    {
        var fitting = new Fitting(job, job.LeftOut, AnswerSize.MostOfOne);
        if (!fitting.IsNeeded) return job;
        fitting.KeepLast(job.Attempts, static last => Attempted(last.Number))
            .Otherwise("arguments byte for byte", () => job.Spec.Raw = null)
            .Otherwise("most arguments", () => Shorten(job.Spec.Command, job.Spec.ScriptArguments))
            .Otherwise("cards by node", () => ForgetCards(job.Nodes))
            .KeepFirst("devices", job.Devices, Cards)
            .KeepFirst("device_models", job.DeviceModels, Cards);
        return job;
    }

    /// <summary>Says which attempts are older than those that were looked for.</summary>
    public static void NoteOlder(Job job)
    {
        if (job.LeftOut.Count == 0 && job.Attempts.Count > 0 && job.Attempts[0].Number > 1)
            job.LeftOut.Add(Attempted(job.Attempts[0].Number - 1));
    }

    private static string Attempted(int last) => last == 1 ? "attempt 1" : $"attempts 1 to {last}";

    private static void Shorten(params ReadOnlySpan<RepeatedField<string>> lists)
    {
        foreach (var words in lists)
        {
            var left = WordBytes;
            string[] kept = [.. words.Take(Words).TakeWhile(word => (left -= word.Length) >= 0)];
            words.Clear();
            words.Add(kept);
        }
    }

    private static void ForgetCards(RepeatedField<NodeShare> nodes)
    {
        foreach (var node in nodes) node.Devices.Clear();
    }
}
