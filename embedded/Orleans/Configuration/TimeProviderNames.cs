namespace Orleans.Runtime;

/// <summary>Keys under which one area's clock can be registered apart from the host's <see cref="TimeProvider"/>.</summary>
public static class TimeProviderNames
{
    /// <summary>Grain timers.</summary>
    public const string Grains = "Orleans.Grains";

    /// <summary>Response time-outs.</summary>
    public const string Messaging = "Orleans.Messaging";

    /// <summary>Idle ages and deactivation time-outs.</summary>
    public const string ActivationManagement = "Orleans.ActivationManagement";
}
