using System.Reflection;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;

namespace GpuScheduler.Client.Commands;

/// <summary>Prints the version, without asking anybody.</summary>
internal sealed class VersionCommand() : ClientCommand("version", "print the version")
{
    public override string Usage => "";

    public override Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "0";
        call.Out.WriteLine($"gpusched {version.Split('+')[0]}");
        return Task.FromResult(ExitCode.Success);
    }
}
