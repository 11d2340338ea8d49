using System.Runtime.CompilerServices;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>A test of what only a C compiler makes; skipped, and said so, where there is none.</summary>
internal sealed class CompilerFactAttribute : FactAttribute
{
    private static readonly string[] s_compilers = ["cc", "gcc", "clang"];

    public CompilerFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(':') ?? [];
        if (!s_compilers.Any(name => folders.Any(folder => File.Exists(Path.Combine(folder, name)))))
            Skip = "needs a C compiler (cc, gcc or clang)";
    }
}
