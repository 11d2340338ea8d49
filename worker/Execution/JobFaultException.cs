namespace GpuScheduler.Worker.Execution;

/// <summary>The job itself asks for something that can't be; another node would refuse it as well.</summary>
internal sealed class JobFaultException(string message) : Exception(message);
