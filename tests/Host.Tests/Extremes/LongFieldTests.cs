using Google.Protobuf;
using Google.Protobuf.Reflection;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Host.Tests.Extremes;

/// <summary>Every text, every list and all bytes that anybody can send have a bound: what is longer is refused, or cut, and never
/// kept. The fields are read from the protos, so that a new one is tried, too.</summary>
public sealed class LongFieldTests
{
    private const int LongText = 5 << 20, LongList = 30_000, LongCall = 110_000, LongestKept = 25_000, Deepest = 6;

    private static readonly string[] Changing =
        ["SubmitJob", "SubmitJobs", "CancelJobs", "HoldJobs", "ReleaseJobs", "RequeueJobs", "DrainNode", "ResumeNode"];

    public static TheoryData<string> Calls => [.. Changing];

    [Fact]
    public async Task Nothing_long_that_a_worker_says_is_kept()
    {
        foreach (var (name, put) in LongFields(ConnectRequest.Descriptor, LongList, "", Deepest))
        {
            // Where the field is the hello's own it is part of a sound hello; otherwise a sound hello comes before it.
            var (host, message) = (new WireHost(), name.StartsWith(".hello", StringComparison.Ordinal) ? Hello() : new ConnectRequest());
            put(message);

            var told = await host.Session(message.Hello is null ? [Hello(), message] : [message]);

            Assert.True(Longest.In(host.Pool.State) <= LongestKept, $"{name} is kept");
            Assert.InRange($"{told?.Status.Detail}".Length, 0, 2_000);
            if (told?.StatusCode == StatusCode.InvalidArgument) AssertNamesTheField(told);
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Nothing_long_that_a_client_asks_is_kept(string name)
    {
        var call = WireHost.Calls.Single(call => call.Name == name);
        foreach (var (field, put) in LongFields(ExtremeMessageTests.Valid(call).Descriptor, LongCall, "", Deepest))
        {
            var (host, request) = (new WireHost(), ExtremeMessageTests.Valid(call));
            put(request);

            var told = await host.Call(call, request);

            Assert.True(Longest.In(host.Pool.State) <= LongestKept, $"{name}{field} is kept");
            Assert.InRange($"{told?.Status.Detail}".Length, 0, 2_000);
            if (told?.StatusCode == StatusCode.InvalidArgument) AssertNamesTheField(told);
        }
    }

    private static void AssertNamesTheField(RpcException told)
    {
        var detail = Assert.Single(told.GetRpcStatus()!.Details).Unpack<Google.Rpc.BadRequest>();
        Assert.All(detail.FieldViolations, violation => Assert.NotEmpty(violation.Field));
        Assert.Equal(told.Status.Detail.Split('\n').Length, detail.FieldViolations.Count);
    }

    private static ConnectRequest Hello()
    {
        var hello = WireHost.Hello();
        hello.Hello.Instance = "1f3a";
        return hello;
    }

    private static IEnumerable<(string Name, Action<IMessage> Put)> LongFields(MessageDescriptor kind, int many, string above, int depth)
    {
        foreach (var field in kind.Fields.InFieldNumberOrder())
        {
            var name = $"{above}.{field.Name}";
            if (field.IsMap) yield return (name, message => FillMap(message, field, many));
            else if (field.IsRepeated) yield return (name, message => FillList(message, field, many));
            if (!field.IsMap && field.FieldType is FieldType.String or FieldType.Bytes)
                yield return (name, message => SetLong(message, field));
            if (field.IsMap || field.FieldType != FieldType.Message || depth == 0) continue;
            foreach (var (inner, put) in LongFields(field.MessageType, many, name, depth - 1))
                yield return (inner, message => put(ExtremeValues.Part(message, field)));
        }
    }

    private static void SetLong(IMessage message, FieldDescriptor field)
    {
        if (field.IsRepeated) ((System.Collections.IList)field.Accessor.GetValue(message)).Add(Long(field));
        else field.Accessor.SetValue(message, Long(field));
    }

    private static object Long(FieldDescriptor field) => field.FieldType == FieldType.String
        ? new string('1', LongText)
        : ByteString.CopyFrom(System.Text.Encoding.ASCII.GetBytes(new string('1', LongText)));

    /// <summary>As many as no list may have, each like the first one where that is a message.</summary>
    private static void FillList(IMessage message, FieldDescriptor field, int many)
    {
        var list = (System.Collections.IList)field.Accessor.GetValue(message);
        var one = list.Count > 0 && field.FieldType == FieldType.Message ? list[0]! : field.FieldType switch
        {
            FieldType.Message => field.MessageType.Parser.ParseFrom(ByteString.Empty),
            FieldType.String => new string('1', 100),
            FieldType.Bytes => ByteString.CopyFromUtf8("a=b"),
            FieldType.Enum => 1,
            var kind => throw new NotSupportedException($"a list of {kind}"),
        };
        for (var i = list.Count; i < many; i++) list.Add(one);
    }

    private static void FillMap(IMessage message, FieldDescriptor field, int many)
    {
        var map = (System.Collections.IDictionary)field.Accessor.GetValue(message);
        var (key, value) = (field.MessageType.FindFieldByNumber(1), field.MessageType.FindFieldByNumber(2));
        for (var i = 0; i < many; i++) map[One(key, i)] = One(value, 0);
    }

    private static object One(FieldDescriptor field, int at) => field.FieldType switch
    {
        FieldType.String => $"n{at}",
        FieldType.Int32 => at,
        FieldType.Int64 => (long)at,
        FieldType.Bytes => ByteString.CopyFromUtf8("v"),
        FieldType.Message => field.MessageType.Parser.ParseFrom(ByteString.Empty),
        var kind => throw new NotSupportedException($"a map of {kind}"),
    };
}
