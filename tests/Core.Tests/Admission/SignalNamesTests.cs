using GpuScheduler.Core.Admission.Expressions;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class SignalNamesTests
{
    [Theory]
    [InlineData("USR1", "USR1")]
    [InlineData("SIGUSR1", "USR1")]
    [InlineData("sigusr2", "USR2")]
    [InlineData("10", "USR1")]
    [InlineData(" 15 ", "TERM")]
    [InlineData("int", "INT")]
    public void Signals_are_read_by_name_and_number(string text, string name)
    {
        Assert.True(SignalNames.TryParse(text, "checkpoint-signal", out var read, out _));
        Assert.Equal(name, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("KILL")]
    [InlineData("9")]
    [InlineData("STOP")]
    [InlineData("0")]
    [InlineData("-10")]
    [InlineData("SIGSIGUSR1")]
    [InlineData("USR3")]
    [InlineData("B:USR1@60")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(SignalNames.TryParse(text, "checkpoint-signal", out _, out var fault));
        Faults.AssertNames("checkpoint-signal", fault);
    }
}
