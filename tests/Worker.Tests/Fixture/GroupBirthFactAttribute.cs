using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>A test of processes that begin inside a control group; skipped, and said so, where the worker moves them there.</summary>
internal sealed class GroupBirthFactAttribute : ControlGroupFactAttribute
{
    public GroupBirthFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            Skip ??= "needs x86-64: elsewhere processes are moved into their control group";
    }
}
