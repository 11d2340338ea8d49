using GpuScheduler.Host.Observability;
using Serilog.Events;
using Serilog.Parsing;

namespace GpuScheduler.Host.Tests.Observability;

public sealed class LeftCallTests
{
    private const string CallHandler = "Grpc.AspNetCore.Server.ServerCallHandler";

    [Fact]
    public void A_caller_that_has_left_is_left_out() => Assert.True(LeftCalls.Has(Entry(CallHandler, new IOException("reset"))));

    [Fact]
    public void A_disk_that_fails_is_told() => Assert.False(LeftCalls.Has(Entry("GpuScheduler.Storage", new IOException("reset"))));

    [Fact]
    public void What_else_is_wrong_with_a_call_is_told()
    {
        Assert.False(LeftCalls.Has(Entry(CallHandler, new InvalidOperationException())));
        Assert.False(LeftCalls.Has(Entry(CallHandler, null)));
    }

    private static LogEvent Entry(string source, Exception? failure) => new(
        DateTimeOffset.UnixEpoch, LogEventLevel.Error, failure, new MessageTemplateParser().Parse("Error when executing"),
        [new LogEventProperty("SourceContext", new ScalarValue(source))]);
}
