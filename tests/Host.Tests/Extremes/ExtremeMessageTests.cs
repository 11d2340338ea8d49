using System.Reflection;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Host.Tests.Extremes;

/// <summary>
/// No message whatever makes the engine throw: every call and everything a worker can say, with extreme values in every field, one at
/// a time and several at once. It is done, or refused in words, and afterwards all that can be seen of the pool can be seen.
/// </summary>
public sealed partial class ExtremeMessageTests
{
    private const int Combinations = 500;

    public static TheoryData<string> Calls => [.. WireHost.Calls.Select(call => call.Name)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_WithOneExtremeValue_IsServedOrRefusedInWords(string name)
    {
        var call = WireHost.Calls.Single(call => call.Name == name);
        foreach (var (change, request) in ExtremeValues.Of(Valid(call))) await Serve(call, request, change);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_WithSeveralExtremeValues_IsServedOrRefusedInWords(string name)
    {
        var call = WireHost.Calls.Single(call => call.Name == name);
        foreach (var (change, request) in Combined(Valid(call), Combinations / 5)) await Serve(call, request, change);
    }

    [Fact]
    public async Task Hello_WithExtremeValues_IsTakenOrRefusedInWords()
    {
        foreach (var (change, hello) in ExtremeValues.Of(WireHost.Hello().Hello).Concat(Combined(WireHost.Hello().Hello, Combinations)))
            await Say(change, new ConnectRequest { Hello = hello });
    }

    [Fact]
    public async Task Hello_WithExtremeClaims_IsTakenOrRefusedInWords()
    {
        foreach (var (change, hello) in ExtremeValues.Of(OfThisStore()).Where(one => one.Change.Contains("tore", StringComparison.Ordinal))
            .Concat(Combined(OfThisStore(), Combinations)))
            await Say(change, new ConnectRequest { Hello = hello });
    }

    [Theory]
    [InlineData(ConnectRequest.MessageOneofCase.Report)]
    [InlineData(ConnectRequest.MessageOneofCase.Telemetry)]
    [InlineData(ConnectRequest.MessageOneofCase.KeptJobs)]
    [InlineData(ConnectRequest.MessageOneofCase.Heartbeat)]
    [InlineData(ConnectRequest.MessageOneofCase.LogChunk)]
    [InlineData(ConnectRequest.MessageOneofCase.KeptStores)]
    public async Task WorkersMessage_WithExtremeValues_IsTakenOrRefusedInWords(ConnectRequest.MessageOneofCase kind)
    {
        foreach (var valid in Said().Where(message => message.MessageCase == kind))
        {
            foreach (var (change, message) in ExtremeValues.Of(valid).Concat(Combined(valid, Combinations / 5)))
                await Say(change, WireHost.Hello(), message);
        }
    }

    [Theory]
    [InlineData(1L << 62)]
    [InlineData(long.MinValue)]
    [InlineData(0)]
    public async Task Report_WithAnImpossibleTime_CountsAtTheTimeOfItsArrival(long seconds)
    {
        var host = new WireHost();
        var report = new Report
        {
            Sequence = 2, JobId = "1", Attempt = 1, Time = new Timestamp { Seconds = seconds }, Ended = new AttemptEnded { ExitCode = 0 },
        };

        Assert.Null(await host.Session(WireHost.Hello(), new ConnectRequest { Report = report }));

        Assert.Null(host.Pool.State.FindJob(new Core.Model.JobId(1)));
        Assert.Equal(2, host.Pool.State.FindNode(WireNode.Id)!.DurableSequence);
    }

    private static async Task Serve(MethodInfo call, IMessage request, string change)
    {
        var host = new WireHost();
        await Check(() => host.Call(call, request), host, $"{call.Name}: {change}");
    }

    private static async Task Say(string change, params ConnectRequest[] messages)
    {
        var host = new WireHost();
        await Check(() => host.Session(messages), host, change);
    }

    private static async Task Check(Func<Task<RpcException?>> act, WireHost host, string change)
    {
        try
        {
            var told = await act();
            Assert.True(
                told?.StatusCode is null or StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.FailedPrecondition, $"{told}");
            if (told?.StatusCode == StatusCode.InvalidArgument)
                Assert.All(told.Status.Detail.Split('\n'), line => Assert.Matches(Words(), line));
            host.Pool.Settle();
            foreach (var look in WireHost.Calls.Where(call => call.Name is "GetPool" or "ListJobs" or "GetPriorities" or "GetShares"))
                Assert.Null(await host.Call(look, Valid(look)));
            foreach (var later in WireHost.Calls.Where(call => call.Name == "SubmitJob")) Assert.Null(await host.Call(later, Valid(later)));
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(change, failure);
        }
    }

    /// <summary>Two to five changes at once, from a fixed seed.</summary>
    private static IEnumerable<(string, TMessage)> Combined<TMessage>(TMessage valid, int count)
        where TMessage : IMessage
    {
        var draws = new Random(20_261_129);
        var changes = ExtremeValues.Changes(valid.Descriptor).ToList();
        for (var i = 0; i < count && changes.Count > 0; i++)
        {
            var copy = (TMessage)valid.Descriptor.Parser.ParseFrom(valid.ToByteArray());
            var chosen = Enumerable.Range(0, draws.Next(2, 6)).Select(_ => changes[draws.Next(changes.Count)]).ToList();
            foreach (var change in chosen) change.Apply(copy);
            yield return (string.Join("; ", chosen.Select(change => change.Name)), copy);
        }
    }

    /// <summary>A request of this call that is sound.</summary>
    internal static IMessage Valid(MethodInfo call) => call.Name switch
    {
        "SubmitJob" => Submission(),
        "SubmitJobs" => new SubmitJobsRequest { Jobs = { Submission(), Submission() } },
        "GetJob" => new GetJobRequest { Id = "1" },
        "WatchJobs" => new WatchJobsRequest { Ids = { "1" } },
        "CancelJobs" => new CancelJobsRequest { Ids = { "1" }, User = "ada" },
        "HoldJobs" => new HoldJobsRequest { Ids = { "2" }, User = "ada" },
        "ReleaseJobs" => new ReleaseJobsRequest { Ids = { "3" }, User = "ada" },
        "RequeueJobs" => new RequeueJobsRequest { Ids = { "1" }, User = "ada" },
        "ExplainJob" => new ExplainJobRequest { Id = "2" },
        "StreamLogs" => new StreamLogsRequest { Id = "1" },
        "DrainNode" => new DrainNodeRequest { Target = "lab", Deadline = Duration.FromTimeSpan(TimeSpan.FromHours(1)), User = "ada" },
        "ResumeNode" => new ResumeNodeRequest { Target = "lab", User = "ada" },
        _ => (IMessage)Activator.CreateInstance(call.GetParameters()[0].ParameterType)!,
    };

    private static SubmitJobRequest Submission() => new()
    {
        Spec = new JobSpec { User = "ada", Command = { "true" }, Tier = "training", Gpus = "1", Deadline = "now+2hours" },
    };

    /// <summary>A worker that serves the store, and says what it heard of it.</summary>
    private static WorkerHello OfThisStore()
    {
        var hello = WireHost.Hello().Hello;
        hello.Instance = "1f3a";
        hello.Store = new ServedStore { Name = new StoreName { Id = "wire", Generation = 1 }, Commit = 1, JobNumber = 1 };
        hello.KeptStores.Add(Kept());
        return hello;
    }

    private static IEnumerable<ConnectRequest> Said()
    {
        Report Report() => new() { Sequence = 2, JobId = "1", Attempt = 1, Time = new Timestamp { Seconds = 1_767_225_600 } };
        var (started, ended, saved, stopping) = (Report(), Report(), Report(), Report());
        started.Started = new AttemptStarted { Pid = 1 };
        ended.Ended = new AttemptEnded { Cause = EndCause.Exited, ExitCode = 0 };
        saved.Checkpoint = new Checkpoint { Step = 1, Path = "a" };
        stopping.Stopping = new AttemptStopping { Cause = EndCause.TimeLimit };
        foreach (var report in new[] { started, ended, saved, stopping }) yield return new ConnectRequest { Report = report };
        yield return new ConnectRequest { Telemetry = new Telemetry { Devices = { new DeviceReading { Uuid = "GPU-lab-0" } } } };
        yield return new ConnectRequest { KeptJobs = new KeptJobs { JobIds = { "1" } } };
        yield return new ConnectRequest { Heartbeat = new Heartbeat() };
        yield return new ConnectRequest { LogChunk = new LogChunk { RequestId = "x" } };
        yield return new ConnectRequest { KeptStores = new KeptStores { Stores = { Kept() } } };
    }

    private static KeptStore Kept() => new()
    {
        Name = new StoreName { Id = "other", Generation = 1 },
        Attempts =
        {
            new KeptAttempt
            {
                JobId = "7", Attempt = 1, CpuCores = 1, MemoryMib = 64,
                Devices = { new DeviceShare { Uuid = "GPU-lab-3", MilliGpu = 1_000 } },
            },
        },
    };

    /// <summary>Field, value, what is allowed.</summary>
    [GeneratedRegex(@"^[a-zA-Z_/\-\[\]0-9\.]*: '.*': .+$")]
    private static partial Regex Words();
}
