namespace GpuScheduler.Simulation.Input;

/// <summary>Something given can't be used; the message has its place, its value and what is allowed.</summary>
internal class InputException(string message) : Exception(message)
{
    /// <summary>What the process says to the shell: the command line or a file is wrong.</summary>
    public virtual int ExitCode => 2;
}

/// <summary>Something named is not there.</summary>
internal sealed class NotFoundException(string message) : InputException(message)
{
    public override int ExitCode => 4;
}
