namespace Orleans.Configuration;

/// <summary>How calls inside the silo behave.</summary>
public class SiloMessagingOptions
{
    /// <summary>How long a caller waits for an answer before it gets a <see cref="TimeoutException"/>; infinite is allowed.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
