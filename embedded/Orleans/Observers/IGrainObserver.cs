using Orleans.Runtime;

namespace Orleans;

/// <summary>What an object outside of grains implements so that grains can call it.</summary>
public interface IGrainObserver : IAddressable;
