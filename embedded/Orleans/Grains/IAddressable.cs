namespace Orleans.Runtime;

/// <summary>Something that a call can be addressed to: a grain, a reference to one, or an observer.</summary>
public interface IAddressable;
