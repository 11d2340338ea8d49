using GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Tests.Lists;

/// <summary>Priorities, machines and accounts, page by page.</summary>
public sealed class OtherListsTests
{
    private const int Mebibyte = 1 << 20;

    [Fact]
    public async Task Priorities_WhileTimePassesAndJobsComeAndGo_HaveEachJobOnceHighestFirst()
    {
        await using var host = await ListHost.Start();
        await host.Submit(12_000);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Submit(500, new JobSpec(ListHost.Spec()) { Priority = 50, User = "bob" });
        var request = new GetPrioritiesRequest { Limit = 1_000_000 };
        var all = new List<JobPriority>();

        do
        {
            var page = await host.Jobs.GetPriorities(request, host.Call);
            Assert.InRange(page.CalculateSize(), 1, Mebibyte + 1_000);
            all.AddRange(page.Jobs);
            request.PageToken = page.NextPageToken;
            Assert.Equal(page.NextPageToken.Length > 0, page.Truncated);
            host.Clock.Advance(TimeSpan.FromHours(1));
            await host.Cancel("1-100", "12001-12100");
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(all.Count, all.Select(job => job.Id).Distinct().Count());
        Assert.Equal(all.OrderByDescending(job => job.Total).Select(job => job.Total), all.Select(job => job.Total));
        string[] stay = [.. Enumerable.Range(101, 11_900).Concat(Enumerable.Range(12_101, 400)).Select(number => $"{number}")];
        Assert.Empty(stay.Except(all.Select(job => job.Id)));
    }

    [Fact]
    public async Task Priorities_WithALimit_AreTheHighest()
    {
        await using var host = await ListHost.Start();
        await host.Submit(20);
        await host.Submit(3, new JobSpec(ListHost.Spec()) { Priority = 50 });

        var page = await host.Jobs.GetPriorities(new GetPrioritiesRequest { Limit = 3 }, host.Call);

        Assert.Equal(["21", "22", "23"], page.Jobs.Select(job => job.Id));
        Assert.True(page.Truncated);
        Assert.Equal("", page.NextPageToken);
    }

    [Fact]
    public async Task Nodes_OfALargePool_ComeOnceEachInPages()
    {
        var names = Enumerable.Range(0, 2_500).Select(at => $"node-{at:0000}").ToArray();
        await using var host = await ListHost.Start();
        await host.Join(names);
        var (request, seen) = (new GetPoolRequest(), new List<string>());

        do
        {
            var page = await host.Pools.GetPool(request, host.Call);
            Assert.InRange(page.CalculateSize(), 1, Mebibyte + 10_000);
            seen.AddRange(page.Pool.Nodes.Select(node => node.Name));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(names, seen);
    }

    [Fact]
    public async Task Shares_OfThousandsOfUsers_ComeOnceEachInPages()
    {
        var project = new string('p', 100);
        await using var host = await ListHost.Start([.. Enumerable.Range(0, 9_000).Select(at => Samples.Use($"user-{at:0000}", project))]);
        var (request, seen) = (new GetSharesRequest(), new List<string>());

        do
        {
            var page = await host.Pools.GetShares(request, host.Call);
            Assert.InRange(page.CalculateSize(), 1, Mebibyte + 1_000);
            seen.AddRange(page.Accounts.Select(account => $"{account.Project}/{account.User}"));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(9_000, seen.Count(name => name.Contains("/user-", StringComparison.Ordinal)));
    }
}
