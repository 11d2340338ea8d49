using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Commands;

/// <summary>Prints the version, without asking anybody.</summary>
internal sealed class VersionCommand() : ClientCommand("version", "print the version")
{
    public override string Usage => "";

    public override Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        call.Out.WriteLine($"gpusched {ProgramVersion.Text}");
        return Task.FromResult(ExitCode.Success);
    }
}
