using GpuScheduler.Protos.V1;
using Grpc.Reflection.V1Alpha;

namespace GpuScheduler.Host.Tests.Calls;

/// <summary>Tools that have no .proto file ask the scheduler itself what it can be asked.</summary>
public sealed class ReflectionTests
{
    [Fact]
    public async Task A_scheduler_lists_its_services()
    {
        var services = (await AskAsync(new() { ListServices = "" })).ListServicesResponse.Service.Select(service => service.Name);

        Assert.Superset(
            new HashSet<string> { JobsService.Descriptor.FullName, PoolsService.Descriptor.FullName, WorkersService.Descriptor.FullName },
            services.ToHashSet());
    }

    [Fact]
    public async Task A_scheduler_gives_the_file_that_a_call_is_described_in()
    {
        var answer = await AskAsync(new() { FileContainingSymbol = JobsService.Descriptor.FullName });

        Assert.Contains(JobsService.Descriptor.File.SerializedData, answer.FileDescriptorResponse.FileDescriptorProto);
    }

    private static async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest question)
    {
        await using var host = await ServedHost.StartAsync();
        using var talk = new ServerReflection.ServerReflectionClient(host.Channel).ServerReflectionInfo(
            cancellationToken: TestContext.Current.CancellationToken);
        await talk.RequestStream.WriteAsync(question, TestContext.Current.CancellationToken);
        await talk.RequestStream.CompleteAsync();
        Assert.True(await talk.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return talk.ResponseStream.Current;
    }
}
