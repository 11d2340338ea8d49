namespace Orleans;

/// <summary>Orleans' codes with their numbers; the embedded host itself uses those that have a comment.</summary>
public enum DeactivationReasonCode : byte
{
    None = 0,

    /// <summary>The host stops.</summary>
    ShuttingDown = 1,
    ActivationFailed = 2,
    DirectoryFailure = 3,

    /// <summary>Collected by <c>IManagementGrain.ForceActivationCollection</c>.</summary>
    ActivationIdle = 4,
    ActivationUnresponsive = 5,
    DuplicateActivation = 6,
    IncompatibleRequest = 7,
    ApplicationError = 8,

    /// <summary>The grain called <c>DeactivateOnIdle</c>.</summary>
    ApplicationRequested = 9,
    Migrating = 10,
    RuntimeRequested = 11,
    HighMemoryPressure = 12,
}
