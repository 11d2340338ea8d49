using System.Runtime.CompilerServices;

namespace GpuScheduler.EndToEnd.Tests.Harness;

/// <summary>A test that acts as another account; skipped, and said so, where that isn't allowed.</summary>
internal sealed class SecondAccountFactAttribute : FactAttribute
{
    /// <summary>Runs a program as another account.</summary>
    public const string SetPrivileges = "/usr/bin/setpriv";

    public SecondAccountFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (Environment.UserName != "root" || !File.Exists(SetPrivileges)) Skip = $"needs root and {SetPrivileges}";
    }
}
