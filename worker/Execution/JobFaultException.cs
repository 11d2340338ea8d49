using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>The job names what isn't here, or asks for what can't be: nothing is started.</summary>
/// <param name="message">What, and what is allowed.</param>
/// <param name="fault">Missing: another node may have it; job: no node could start it.</param>
internal sealed class JobFaultException(string message, LaunchFault fault = LaunchFault.Job) : Exception(message)
{
    public LaunchFault Fault => fault;
}
