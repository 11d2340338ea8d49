using Google.Protobuf;
using GpuScheduler.Protos.V1;
using Grpc.Core;
using V1 = Grpc.Reflection.V1;
using V1Alpha = Grpc.Reflection.V1Alpha;

namespace GpuScheduler.Host.Tests.Calls;

/// <summary>Tools that have no .proto file ask the scheduler itself what it can be asked: new ones by v1, old ones by v1alpha.</summary>
public sealed class ReflectionTests
{
    private static readonly HashSet<string> s_ours =
        [JobsService.Descriptor.FullName, PoolsService.Descriptor.FullName, WorkersService.Descriptor.FullName];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scheduler_lists_its_services_by_v1()
    {
        var listed = (await AskV1(new() { ListServices = "" })).ListServicesResponse.Service;

        Assert.Superset(s_ours, listed.Select(service => service.Name).ToHashSet());
    }

    [Fact]
    public async Task A_scheduler_lists_its_services_by_v1alpha()
    {
        var listed = (await AskV1Alpha(new() { ListServices = "" })).ListServicesResponse.Service;

        Assert.Superset(s_ours, listed.Select(service => service.Name).ToHashSet());
    }

    [Fact]
    public async Task A_scheduler_gives_the_file_that_a_call_is_described_in_by_v1() => Assert.Contains(
        JobsService.Descriptor.File.SerializedData,
        (await AskV1(new() { FileContainingSymbol = JobsService.Descriptor.FullName })).FileDescriptorResponse.FileDescriptorProto);

    [Fact]
    public async Task A_scheduler_gives_the_file_that_a_call_is_described_in_by_v1alpha() => Assert.Contains(
        JobsService.Descriptor.File.SerializedData,
        (await AskV1Alpha(new() { FileContainingSymbol = JobsService.Descriptor.FullName })).FileDescriptorResponse.FileDescriptorProto);

    private static Task<V1.ServerReflectionResponse> AskV1(V1.ServerReflectionRequest question) => AskAsync(
        channel => new V1.ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Stop), question);

    private static Task<V1Alpha.ServerReflectionResponse> AskV1Alpha(V1Alpha.ServerReflectionRequest question) => AskAsync(
        channel => new V1Alpha.ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Stop), question);

    private static async Task<TAnswer> AskAsync<TQuestion, TAnswer>(
        Func<ChannelBase, AsyncDuplexStreamingCall<TQuestion, TAnswer>> connect, TQuestion question)
        where TQuestion : IMessage
    {
        await using var host = await ServedHost.StartAsync();
        using var talk = connect(host.Channel);
        await talk.RequestStream.WriteAsync(question, Stop);
        await talk.RequestStream.CompleteAsync();
        Assert.True(await talk.ResponseStream.MoveNext(Stop));
        return talk.ResponseStream.Current;
    }
}
