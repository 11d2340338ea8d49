namespace GpuScheduler.Client.Calls;

/// <summary>Ends a command with a message for people and a code for the shell.</summary>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CommandException Usage(string message) => new(Calls.ExitCode.Usage, message);
}
