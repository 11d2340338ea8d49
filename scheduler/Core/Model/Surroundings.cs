namespace GpuScheduler.Core.Model;

/// <summary>What a job takes over from the shell in which it was submitted, beside variables.</summary>
public sealed record Surroundings
{
    /// <summary>Nothing is known of the shell.</summary>
    public static Surroundings Unknown { get; } = new();

    /// <summary>File mode creation mask, 0 … 0777 octal; null: not known.</summary>
    public int? Umask { get; init; }

    /// <summary>Soft limits, such as <c>nofile=1024 stack=unlimited</c>, in the kernel's units; empty: not known.</summary>
    public string SoftLimits { get; init; } = "";

    /// <summary>Folder of the call, where it isn't the working directory; else empty.</summary>
    public string SubmitDirectory { get; init; } = "";
}
