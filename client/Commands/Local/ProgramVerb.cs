using System.ComponentModel;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Processes;

namespace GpuScheduler.Client.Commands;

/// <summary>A verb that is another program: this process becomes it, so that a supervisor sees one pid.</summary>
internal abstract class ProgramVerb(string name, string summary, string program) : ClientCommand(name, summary)
{
    public override string Usage => "[FLAGS]";

    public override int MaximumWords => int.MaxValue;

    public override bool HandsOnItsWords => true;

    public override Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var words = WordsFor(call);
        return Become(SiblingProgram.Find(program, call.Context), words);
    }

    /// <summary>What the program is given: the words after the verb.</summary>
    protected virtual IReadOnlyList<string> WordsFor(Call call) => call.Words;

    /// <summary>Comes back only when the program could not be started.</summary>
    public static Task<int> Become(string path, IReadOnlyList<string> arguments)
    {
        try
        {
            Posix.Execute(path, arguments);
        }
        catch (Win32Exception failure)
        {
            throw new CommandException(ExitCode.Failure, $"{path}: could not be started: {failure.Message}");
        }

        return Task.FromResult(ExitCode.Failure);
    }
}
