namespace GpuScheduler.Simulation.Input;

/// <summary>A file can't be used; the message names the file, the line, the column, the value and what is allowed.</summary>
internal sealed class InputException(string message) : Exception(message);
