using System.Text;
using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.Admission;

/// <summary>Checks the variables that a job adds to its environment.</summary>
internal static class EnvironmentCheck
{
    /// <summary>Adds what is wrong to <paramref name="faults"/>. Values may hold secrets: no fault shows one.</summary>
    public static void Run(IReadOnlyDictionary<string, string> environment, FaultList faults)
    {
        if (environment.Count == 0) return;
        long total = 0;
        foreach (var (name, value) in environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var bytes = Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value) + 1;
            total += bytes + 1;
            faults.Require(IsName(name), "env", name, "a name without '=' and NUL");
            faults.Require(bytes <= Limits.ArgumentBytes, "env", name, $"at most {Limits.ArgumentBytes} bytes with its value");
            faults.Require(!value.Contains('\0'), "env", name, "a value without NUL");
        }
        faults.Require(
            total <= Limits.EnvironmentBytes, "env", $"{total} bytes", $"at most {Limits.EnvironmentBytes} bytes in all variables");
    }

    /// <summary>What the kernel takes: shells and site scripts make names such as <c>BASH_FUNC_module%%</c> and <c>my.var</c>.</summary>
    private static bool IsName(string name) => name.Length > 0 && !name.Contains('=') && !name.Contains('\0');
}
