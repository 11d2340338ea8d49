using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Host.Tests.Lists;

/// <summary>Answers of ListJobs: their size, their limit, their tokens.</summary>
public sealed class ListJobsTests
{
    private const int Mebibyte = 1 << 20;
    private static readonly string Long = new('ü', 4_000);

    [Fact]
    public async Task LongComments_EndAnAnswerBeforeAMebibyte()
    {
        await using var host = await ListHost.Start();
        await host.Submit(500, ListHost.Spec(Long));
        await host.Cancel("200-300");

        var pages = await Pages(host, new ListJobsRequest { IncludeEnded = true });

        Assert.All(pages, page => Assert.InRange(page.CalculateSize(), 1, Mebibyte + 1_000));
        Assert.All(pages.SkipLast(1), page => Assert.InRange(page.CalculateSize(), Mebibyte - 10_000, Mebibyte + 1_000));
        Assert.Equal(
            [.. Enumerable.Range(1, 199), .. Enumerable.Range(301, 200), .. Enumerable.Range(200, 101).Reverse()],
            pages.SelectMany(page => page.Jobs).Select(job => int.Parse(job.Id, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal([.. Enumerable.Repeat(true, pages.Count - 1), false], pages.Select(page => page.Truncated));
    }

    [Fact]
    public async Task Limit_HoldsForAllPagesTogether()
    {
        await using var host = await ListHost.Start();
        await host.Submit(300, ListHost.Spec(Long));

        var pages = await Pages(host, new ListJobsRequest { Limit = 250 });

        Assert.True(pages.Count > 1);
        Assert.Equal(250, pages.Sum(page => page.Jobs.Count));
        Assert.True(pages[^1].Truncated);
        Assert.False((await Pages(host, new ListJobsRequest { Limit = 300 }))[^1].Truncated);
    }

    [Fact]
    public async Task ArrayOfThousands_ComesWhole()
    {
        await using var host = await ListHost.Start(Samples.Array(1, 12_000), Samples.Array(2, 3_000, Core.Model.JobState.Completed));

        var pages = await Pages(host, new ListJobsRequest { IncludeEnded = true, Limit = 1_000_000 });

        Assert.Equal(15_000, pages.SelectMany(page => page.Jobs).Select(job => job.Id).Distinct().Count());
        Assert.Equal(15_000, pages.Sum(page => page.Jobs.Count));
    }

    [Fact]
    public async Task MebibytesOfArguments_AreOneAPageAndNeverTooLong()
    {
        var words = Enumerable.Repeat(new string('x', 100_000), 10).ToArray();
        await using var host = await ListHost.Start(
            [.. Enumerable.Range(1, 3).SelectMany(number => Samples.Tried(number, 1, spec: Samples.Spec(words)))]);

        var pages = await Pages(host, new ListJobsRequest { IncludeEnded = true });

        Assert.Equal(["3", "2", "1"], pages.Select(page => Assert.Single(page.Jobs).Id));
    }

    [Fact]
    public async Task Token_OfAnotherRequest_IsRefusedByTheFieldsName()
    {
        await using var host = await ListHost.Start();
        await host.Submit(400, ListHost.Spec(Long));
        var request = new ListJobsRequest { IncludeEnded = true };
        var token = (await host.Jobs.ListJobs(request, host.Call)).NextPageToken;

        foreach (var other in new[]
        {
            new ListJobsRequest { PageToken = token }, new ListJobsRequest { IncludeEnded = true, User = "bob", PageToken = token },
            new ListJobsRequest { IncludeEnded = true, Limit = 5, PageToken = token },
            new ListJobsRequest { IncludeEnded = true, PageToken = token[..^1] + ":" },
            new ListJobsRequest { IncludeEnded = true, PageToken = token.Replace("live", "dead", StringComparison.Ordinal) },
            new ListJobsRequest { IncludeEnded = true, PageToken = "live:5:1" }, new ListJobsRequest { PageToken = "\0\n" },
        })
            await Refuses(() => host.Jobs.ListJobs(other, host.Call));
        await Refuses(() => host.Jobs.GetPriorities(new GetPrioritiesRequest { PageToken = token }, host.Call));
        await Refuses(() => host.Jobs.GetPriorities(new GetPrioritiesRequest { PageToken = "5000" }, host.Call));
        await Refuses(() => host.Pools.GetPool(new GetPoolRequest { PageToken = token }, host.Call));
        await Refuses(() => host.Pools.GetPool(new GetPoolRequest { PageToken = "lab" }, host.Call));
        await Refuses(() => host.Pools.GetShares(new GetSharesRequest { PageToken = token }, host.Call));
    }

    private static async Task Refuses(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Matches(@"^page_token: '.*': next_page_token of the answer before", refused.Status.Detail);
    }

    private static async Task<List<ListJobsResponse>> Pages(ListHost host, ListJobsRequest request)
    {
        var pages = new List<ListJobsResponse>();
        do
        {
            pages.Add(await host.Jobs.ListJobs(request, host.Call));
            request = new ListJobsRequest(request) { PageToken = pages[^1].NextPageToken };
        }
        while (request.PageToken.Length > 0);
        return pages;
    }
}
