using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Host.Pools;

namespace GpuScheduler.Host.Tests.Lists;

/// <summary>Pages of a list of jobs while the pool goes on: each job once, whatever happens between two pages.</summary>
public sealed class JobPagesTests
{
    private const int Jobs = 24;

    [Fact]
    public async Task Pages_OfAStillPool_HaveTheLivingFirstThenTheNewestThatEnded()
    {
        await using var host = await ListHost.Start();
        await host.Submit(8);
        await host.Cancel("2", "5", "6");

        foreach (var size in Enumerable.Range(1, 9))
            Assert.Equal(["1", "3", "4", "7", "8", "6", "5", "2"], await Read(host, size, _ => Task.CompletedTask));
    }

    [Fact]
    public async Task JobsThatEndBetweenPages_KeepTheirPlaces()
    {
        await using var host = await ListHost.Start();
        await host.Submit(8);
        await host.Cancel("8");

        // After the first page: one that was told, one that was not told, all of the second page.
        var read = await Read(host, 3, page => page == 1 ? host.Cancel("2", "4", "5", "6", "7") : Task.CompletedTask);

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8"], read);
    }

    [Fact]
    public async Task JobThatComesBackBetweenPages_IsToldAmongThoseThatHadEnded()
    {
        await using var host = await ListHost.Start();
        await host.Submit(6);
        await host.Cancel("1", "5", "6");

        var read = await Read(host, 2, page => page == 1 ? host.Requeue("1", "5") : Task.CompletedTask);

        Assert.Equal(["2", "3", "4", "6", "5", "1"], read);
    }

    [Fact]
    public async Task JobSubmittedBetweenPages_ComesOnceOrNotAtAll()
    {
        await using var host = await ListHost.Start();
        await host.Submit(4);
        await host.Cancel("4");

        Assert.Equal(["1", "2", "3", "5", "4"], await Read(host, 2, page => page == 1 ? host.Submit(1) : Task.CompletedTask));
        // It has ended when its page is made; a list that began before it shows it where it would have lived.
        var read = await Read(host, 4, async page =>
        {
            if (page == 1) await host.Cancel((await host.Submit(1)).Jobs[0].Id);
        });

        Assert.Equal(["1", "2", "3", "5", "6", "4"], read);
    }

    /// <summary>From a fixed seed: each job ends or comes back at most once, between any two pages of any size.</summary>
    [Fact]
    public async Task Pages_WhileJobsEndAndComeBack_HaveEachJobOnce()
    {
        var draws = new Random(20_261_129);
        for (var round = 0; round < 60; round++)
        {
            await using var host = await ListHost.Start();
            await host.Submit(Jobs);
            var names = Enumerable.Range(1, Jobs).Select(number => $"{number}").ToArray();
            var ended = names.Where(_ => draws.Next(2) == 0).ToHashSet();
            if (ended.Count > 0) await host.Cancel(ended);
            var untouched = names.ToList();

            var read = await Read(host, draws.Next(1, 7), async _ =>
            {
                for (var turns = draws.Next(4); turns > 0 && untouched.Count > 0; turns--)
                {
                    var job = untouched[draws.Next(untouched.Count)];
                    untouched.Remove(job);
                    await (ended.Contains(job) ? host.Requeue(job) : host.Cancel(job));
                }
            });

            string[] expected = [.. names.Where(name => !ended.Contains(name)), .. names.Reverse().Where(ended.Contains)];
            Assert.Equal(expected, read);
        }
    }

    [Fact]
    public async Task Pages_OfStates_TellWhatIsInThemWhenItsPageIsMade()
    {
        await using var host = await ListHost.Start();
        await host.Submit(6);
        await host.Cancel("6");

        var read = await Read(
            host, 2, page => page == 1 ? host.Cancel("1", "3") : Task.CompletedTask,
            new JobQuery { States = [JobState.Pending] });

        Assert.Equal(["1", "2", "4", "5"], read);
    }

    private static async Task<List<string>> Read(ListHost host, int size, Func<int, Task> between, JobQuery? query = null)
    {
        var (read, pages) = (new List<string>(), 0);
        JobPlace? place = null;
        do
        {
            var page = await host.Finder.Page((query ?? new JobQuery()) with { Limit = size }, includeEnded: true, place, default);
            Assert.InRange(page.Jobs.Count, 0, size);
            read.AddRange(page.Jobs.Select(job => $"{job.View.Id}"));
            place = page.Next is null ? null : JobPlace.TryParse($"{page.Next}");
            Assert.Equal(page.Next, place);
            await between(++pages);
        }
        while (place is not null);
        return read;
    }
}
