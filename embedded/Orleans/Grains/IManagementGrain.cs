namespace Orleans.Runtime;

/// <summary>The part of Orleans' management grain that tests and operators use here; its key is 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>Deactivates every activation that has been idle for at least <paramref name="ageLimit"/> and isn't kept alive.</summary>
    Task ForceActivationCollection(TimeSpan ageLimit);
}
