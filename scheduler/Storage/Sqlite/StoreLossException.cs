namespace GpuScheduler.Storage.Sqlite;

/// <summary>The store has less than was acknowledged; a person has to say that it is to go on all the same.</summary>
public sealed class StoreLossException(string message) : StoreRefusedException(message);
