using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.FairShare;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Core.Rounds;
using GpuScheduler.Testing;

namespace GpuScheduler.Core.Tests.Queueing;

public sealed class SortedJobsTests
{
    private static readonly Ranking Ranking = new(
        new OrderConfig(), LineKey.Factors, new AccountBook(new OrderConfig(), new ShareConfig()));

    /// <summary>Against a plain sorted list: added in any order, removed from any place, over several chunks.</summary>
    [Fact]
    public void Jobs_stand_as_in_a_sorted_list() => Check.One(Draws.Config(30), Prop.ForAll(
        Gen.Choose(0, 3000).SelectMany(count => Gen.Choose(0, 1_000_000).ArrayOf(count)).ToArbitrary(),
        choices =>
        {
            var (sorted, plain) = (new SortedJobs(Ranking), new List<Job>());
            for (var i = 0; i < choices.Length; i++)
            {
                if (choices[i] % 3 > 0 || plain.Count == 0)
                {
                    var job = JobOf(i + 1, choices[i] % 7);
                    plain.Insert(~plain.BinarySearch(job, Comparer<Job>.Create(Ranking.Compare)), job);
                    sorted.Add(job);
                }
                else
                {
                    var job = plain[choices[i] % plain.Count];
                    plain.Remove(job);
                    sorted.Remove(job);
                }

                Assert.Same(plain.FirstOrDefault(), sorted.First);
            }

            Assert.Equal(plain, sorted.All);
            var count = sorted.Count;
            Assert.Equal(plain, Walk(sorted, 1 + (choices.Length % 700)));
            return count == plain.Count;
        }));

    /// <summary>Some at a time; now and then the last one seen leaves before the next are asked for.</summary>
    private static List<Job> Walk(SortedJobs sorted, int most)
    {
        var (all, part) = (new List<Job>(), new List<Job>());
        for (Job? last = null; ; last = part[^1])
        {
            if (last is { Id.Number: var number } && number % 2 == 0) sorted.Remove(last);
            part.Clear();
            sorted.CopyBehind(last, most, part);
            if (part.Count == 0) return all;
            all.AddRange(part);
        }
    }

    private static Job JobOf(int number, int priority) => new(
        new JobId(number),
        new JobSpec
        {
            Draft = new JobDraft { User = "ann", Priority = priority * 20 },
            Name = "job",
            Tier = "training",
            Request = new ResourceRequest(null, 1, 1, [], []),
            Retries = 0,
            Grace = TimeSpan.Zero,
        },
        new DateTimeOffset(2026, 1, 5, 9, 0, number % 60, TimeSpan.Zero));
}
