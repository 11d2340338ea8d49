namespace GpuScheduler.Storage.Sqlite;

/// <summary>The store can't be used as it is, and a person has to act: the message names the file and says what to do.</summary>
public class StoreRefusedException(string message, Exception? inner = null) : Exception(message, inner);
