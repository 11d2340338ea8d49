using GpuScheduler.Host.Grpc;
using GpuScheduler.Host.Workers;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Tests.Lists;

/// <summary>Answers that are no lists of pages: none comes near the 4 MiB that gRPC's clients take.</summary>
public sealed class BoundTests
{
    private const int Bound = 3 << 20;
    private static readonly string Word = new('\uFFFD', 128);

    [Fact]
    public async Task JobWithThousandsOfAttempts_HasItsNewestAndSaysWhichAreLeftOut()
    {
        await using var host = await ListHost.Start(Samples.Tried(1, 3_000));

        var job = Assert.Single((await host.Jobs.GetJob(new GetJobRequest { Id = "1" }, host.Call)).Jobs);

        Assert.Equal(Enumerable.Range(2_501, 500), job.Attempts.Select(attempt => attempt.Number));
        Assert.Equal(["attempts 1 to 2500"], job.LeftOut);
    }

    [Fact]
    public async Task GangWithManyAttempts_StaysWithinTheBound()
    {
        await using var host = await ListHost.Start(Samples.Tried(1, 40, nodes: 500));

        var answer = await host.Jobs.GetJob(new GetJobRequest { Id = "1" }, host.Call);

        Assert.InRange(answer.CalculateSize(), 1, Bound);
        Assert.Equal(40, answer.Jobs[0].Attempts[^1].Number);
        Assert.StartsWith("attempts 1 to ", Assert.Single(answer.Jobs[0].LeftOut), StringComparison.Ordinal);
    }

    [Fact]
    public void Job_WithTheMostOfEverything_Fits()
    {
        var words = Enumerable.Repeat(new string('\uFFFD', 100_000), 10).ToArray();
        var share = new Protos.V1.NodeShare { Node = Word, Devices = { Enumerable.Repeat(new Protos.V1.DeviceShare { Uuid = Word }, 64) } };
        var job = new Protos.V1.Job
        {
            Id = "1",
            Spec = new Protos.V1.JobSpec
            {
                Command = { words }, ScriptArguments = { words }, Comment = new string('\uFFFD', 4_096), WorkingDirectory = Word,
                Raw = new RawTexts { Comment = Google.Protobuf.ByteString.CopyFrom(new byte[1 << 20]) },
            },
            Nodes = { Enumerable.Repeat(share, 1_024) },
            Devices = { Enumerable.Repeat(Word, 65_536) },
            DeviceModels = { Enumerable.Repeat(Word, 65_536) },
            Attempts = { Enumerable.Range(1, 500).Select(at => new Protos.V1.Attempt { Number = at, Nodes = { share } }) },
        };

        Assert.InRange(JobFit.Fit(job).CalculateSize(), 1, AnswerSize.MostOfOne + 1_000);
        Assert.Equal(6, job.LeftOut.Count);
        Assert.Equal("1", job.Id);
    }

    [Fact]
    public void Node_WithTheMostOfEverything_Fits()
    {
        var card = new Protos.V1.Device
        {
            Uuid = Word, Model = Word, DrainReason = new string('\uFFFD', 1_024), DrainedBy = Word, ParentUuid = Word, MigProfile = Word,
            DriverVersion = Word, CudaVersion = Word, Jobs = { Enumerable.Repeat("1234567_123456", 1_000) },
        };
        var kept = new KeptStore { Attempts = { Enumerable.Repeat(new KeptAttempt { JobId = Word }, 10_000) } };
        var node = new Protos.V1.Node
        {
            Name = "lab", Reason = new string('\uFFFD', 1 << 20), Devices = { Enumerable.Repeat(card, 1_024).Select(one => one.Clone()) },
            Jobs = { Enumerable.Repeat("1234567_123456", 100_000) }, KeptStores = { kept },
        };

        Assert.InRange(NodeFit.Fit(node).CalculateSize(), 1, Bound);
        Assert.Equal("lab", node.Name);
        Assert.NotEmpty(node.LeftOut);
    }

    [Fact]
    public void SmallMessages_AreLeftAlone()
    {
        var (job, node) = (new Protos.V1.Job { Id = "1", Devices = { Word } }, new Protos.V1.Node { Name = "lab", Jobs = { "1" } });

        Assert.Equal((job.Clone(), node.Clone()), (JobFit.Fit(job), NodeFit.Fit(node)));
    }

    [Fact]
    public async Task OutcomesForManyJobs_SayHowManyAreLeftOutAndNameThoseThatFailed()
    {
        await using var host = await ListHost.Start();
        var submitted = await host.Submit(52_000);
        await host.Cancel("1-50");

        var ids = await host.Jobs.CancelJobs(new CancelJobsRequest { Ids = { "1-26000" } }, host.Call);
        var mine = await host.Jobs.CancelJobs(
            new CancelJobsRequest { Filter = new Protos.V1.JobFilter { User = "ada" } }, host.Call);

        Assert.Equal(52_000, submitted.Jobs.Select(job => job.Id).Distinct().Count());
        Assert.InRange(submitted.CalculateSize(), 1, Bound);
        Assert.InRange(submitted.IdsOnly, 1, 51_999);
        Assert.InRange(ids.CalculateSize(), 1, Bound);
        Assert.Equal((26_000, 0), (ids.Outcomes.Count + ids.ChangedLeftOut, ids.UnchangedLeftOut));
        Assert.Equal(Enumerable.Range(1, 50).Select(number => $"{number}"), ids.Outcomes.Where(one => !one.Changed).Select(one => one.Id));
        Assert.Equal((26_000, 0), (mine.Outcomes.Count + mine.ChangedLeftOut, mine.UnchangedLeftOut));
    }

    [Fact]
    public async Task ArrayOfThousands_IsExplainedAndShownInAFewWords()
    {
        await using var host = await ListHost.Start(Samples.Array(1, 20_000));

        var shown = await host.Jobs.GetJob(new GetJobRequest { Id = "1" }, host.Call);
        var explained = await host.Jobs.ExplainJob(new ExplainJobRequest { Id = "1" }, host.Call);

        Assert.InRange(shown.CalculateSize(), 1, (1 << 20) + 1_000);
        Assert.InRange(explained.CalculateSize(), 1, 16 << 10);
        Assert.Equal((20_000, 20_000), (shown.Array.Elements, explained.Array.Elements));
    }

    [Fact]
    public async Task EndedJobsForAWorker_AreThoseAskedForAlone()
    {
        await using var host = await ListHost.Start(Samples.Array(1, 20_000, Core.Model.JobState.Completed));
        var asked = new KeptJobs { JobIds = { Enumerable.Range(0, 9_999).Select(at => $"1_{at}"), Enumerable.Repeat("1", 1) } };

        var answer = await new EndedJobsFinder(host.Store, host.Clock).Among(asked, default);

        Assert.Equal(9_999, answer.Jobs.Count);
        Assert.InRange(answer.CalculateSize(), 1, 1 << 20);
    }
}
