using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Parsing;

/// <summary>A verb: its flags as options, its words by name and number, and what it does.</summary>
internal abstract class ClientCommand : Command
{
    private readonly Option<bool> help = Flags.Switch("--help", "say what this command does", "-h");

    protected ClientCommand(string name, string summary)
        : base(name, summary) => Add(help);

    /// <summary>What follows the verb in the usage line.</summary>
    public abstract string Usage { get; }

    /// <summary>Text below the flags: rules and examples.</summary>
    public virtual string Notes => "";

    /// <summary>What a word is, for the message when one is missing or too many; empty where no words are taken.</summary>
    public virtual string WordName => "";

    public virtual int MinimumWords => WordName.Length == 0 ? 0 : 1;

    public virtual int MaximumWords => WordName.Length == 0 ? 0 : int.MaxValue;

    /// <summary>Everything after the verb belongs to another program.</summary>
    public virtual bool HandsOnItsWords => false;

    /// <summary>Its words may hold what isn't UTF-8, as marks of <see cref="Protos.RawText"/>.</summary>
    public virtual bool TakesAnyBytes => false;

    /// <summary>It is there for its output alone: once no reader of that is left, it ends.</summary>
    public virtual bool EndsWithItsReader => false;

    public abstract Task<int> RunAsync(Call call, CancellationToken cancellationToken);

    public virtual FlagScanner CreateScanner(ClientContext context) => new(this, stopAtFirstWord: false);

    public bool WantsHelp(ParseResult flags) => flags.GetValue(help);

    public void CheckWords(IReadOnlyList<string> words)
    {
        if (words.Count < MinimumWords)
            throw CommandException.Usage($"{Name}: {WordName} is missing; usage: gpusched {Name} {Usage}");

        if (words.Count > MaximumWords)
            throw CommandException.Usage($"{Name}: '{words[MaximumWords]}' is too much; usage: gpusched {Name} {Usage}");
    }
}
