namespace GpuScheduler.Client.Output;

/// <summary>A column of a table and how it gives way when the terminal is narrow.</summary>
internal sealed record Column<T>(string Header, Func<T, string> Text)
{
    /// <summary>The narrowest it may be cut to; null: never cut.</summary>
    public int? Minimum { get; init; }

    /// <summary>When cutting isn't enough, columns go in this order; 0: never.</summary>
    public int DropOrder { get; init; }

    public bool RightAligned { get; init; }

    /// <summary>An ANSI colour number for a row's cell, or null.</summary>
    public Func<T, int?> Color { get; init; } = static _ => null;
}
