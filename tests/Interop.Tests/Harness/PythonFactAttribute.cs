using System.Runtime.CompilerServices;

namespace GpuScheduler.Interop.Tests.Harness;

/// <summary>A test that needs gRPC for Debian's Python; skipped, and said so, where that isn't installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (Python.Missing is { } package) Skip = $"needs the Debian package {package} (deploy/install-test-tools)";
    }
}
