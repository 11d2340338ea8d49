using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain interface extends, through one of the keyed interfaces below.</summary>
public interface IGrain : IAddressable;

/// <summary>A grain known by a text key.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>A grain known by a number; here only <see cref="IManagementGrain"/> is.</summary>
public interface IGrainWithIntegerKey : IGrain;
