namespace GpuScheduler.Core.Model;

/// <summary>The parts of a draft that few submissions give.</summary>
internal sealed record SeldomGiven
{
    public static SeldomGiven Nothing { get; } = new();

    public string Deadline { get; init; } = "";

    public int UtcOffsetMinutes { get; init; }

    public int? Retries { get; init; }

    public TimeSpan? Grace { get; init; }

    public string Script { get; init; } = "";

    public KeptText? KeptScript { get; init; }

    public string Array { get; init; } = "";

    public string Dependency { get; init; } = "";

    public string Output { get; init; } = "";

    public string Error { get; init; } = "";

    public string NodeList { get; init; } = "";

    public string Exclude { get; init; } = "";

    public string Comment { get; init; } = "";

    public string Precision { get; init; } = "";

    public string MinDriver { get; init; } = "";

    public string MinCuda { get; init; } = "";

    public string MemoryPerGpu { get; init; } = "";

    public string GpuShare { get; init; } = "";

    public string GpuMemory { get; init; } = "";

    public Surroundings Surroundings { get; init; } = Surroundings.Unknown;
}
