namespace GpuScheduler.EndToEnd.Tests.Harness;

/// <summary>A test that looks at files as another account; skipped, and said so, where that isn't allowed.</summary>
internal sealed class SecondAccountFactAttribute : FactAttribute
{
    /// <summary>Runs a program as 'nobody'.</summary>
    public const string SetPrivileges = "/usr/bin/setpriv";

    public SecondAccountFactAttribute()
    {
        if (Environment.UserName != "root" || !File.Exists(SetPrivileges)) Skip = $"needs root and {SetPrivileges}";
    }
}
