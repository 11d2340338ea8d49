using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Promises over whole lives of jobs: kept, and made to everybody who waits for long enough.</summary>
public sealed class PromiseProperties
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>With limits that are kept and nobody coming from ahead, the first promise is the last word.</summary>
    [Fact]
    public void A_promised_start_is_kept() => Check.One(Runs.Config(), Prop.ForAll(Runs.Bytes, bytes =>
    {
        var lab = new TimedPool(new Machine("big").With(4, Machine.A100, 80), new Machine("small").With(2, Machine.A100, 80));
        var promised = new Dictionary<JobId, DateTimeOffset>();
        for (var i = 0; i + 2 < bytes.Length; i += 3)
        {
            var limit = TimeSpan.FromMinutes(1 + (bytes[i + 1] % 30));
            lab.Submit(Job(bytes[i]), limit, limit * ((1 + (bytes[i + 2] % 4)) / 4.0));
            for (var minutes = bytes[i] / 64; minutes > 0; minutes--) lab.PassMinute(() => Note(lab, promised));
            Note(lab, promised);
        }

        return true;
    }));

    /// <summary>However many small jobs come: at the latest when the patience is over, what then runs has ended, and what was let in
    /// by its limit has ended too.</summary>
    [Fact]
    public void A_large_job_starts_although_small_ones_never_end() => Check.One(Runs.Config(), Prop.ForAll(Runs.Bytes, bytes =>
    {
        var lab = new TimedPool(new Machine("lab").With(4, Machine.A100, 80));
        var next = 0;
        byte Draw() => bytes.Length == 0 ? (byte)7 : bytes[next++ % bytes.Length];
        void Crowd(int waiting)
        {
            while (lab.CountWaiting() < waiting)
            {
                var run = TimeSpan.FromMinutes(1 + (Draw() % 30));
                lab.Submit(Job((byte)(4 + (Draw() % 60))) with { Gpus = "1" }, Draw() % 2 == 0 ? null : Longest, run);
            }
        }

        Crowd(1);
        var big = lab.Submit(Drafts.Training("4"), null, Longest);
        var bound = lab.Now + lab.Patience + Longest + Longest + TimeSpan.FromMinutes(2);
        while (lab.IsWaiting(big) && lab.Now <= bound) lab.PassMinute(() => Crowd(6));
        Assert.False(lab.IsWaiting(big), $"still waits at {lab.Now:O}: {lab.ReasonOf(big)}");
        return true;
    }));

    /// <summary>Of four, three want whole cards, and one a part of one.</summary>
    private static JobDraft Job(byte kind) => kind % 4 < 3
        ? Drafts.Training($"{1 + (kind / 4 % 4)}")
        : Drafts.Training() with
        {
            GpuShare = $"{100 * (1 + (kind / 4 % 9))}m",
            GpuMemory = kind % 8 == 7 ? $"{5 * (1 + (kind / 8 % 8))}GB" : "",
        };

    private static void Note(TimedPool lab, Dictionary<JobId, DateTimeOffset> promised)
    {
        foreach (var (job, at) in lab.Promises())
        {
            if (promised.TryGetValue(job, out var first)) Assert.True(at <= first, $"job {job}: promised {first:O}, later {at:O}");
            else promised[job] = at;
        }

        foreach (var (job, at) in promised)
            Assert.True(!lab.IsWaiting(job) || lab.Now <= at, $"job {job} was promised {at:O} and waits at {lab.Now:O}");
    }
}
