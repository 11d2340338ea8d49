namespace GpuScheduler.Worker;

/// <summary>The worker can't start, and the message tells the user why and what to change. Ends the program with exit code 2.</summary>
internal sealed class StartupException(string message) : Exception(message);
