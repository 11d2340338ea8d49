using System.Runtime.CompilerServices;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>A test that needs control groups; skipped, and said so, where none can be made.</summary>
internal class ControlGroupFactAttribute : FactAttribute
{
    public ControlGroupFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!ControlGroups.AreWritable)
            Skip = "needs a cgroup v2 tree in which this user may make groups";
    }
}
