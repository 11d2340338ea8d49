using System.CommandLine;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Common.Text;

namespace GpuScheduler.Client.Parsing;

/// <summary>One invocation of a verb.</summary>
/// <param name="Flags">The parsed flags; read them with the command's own options.</param>
/// <param name="Line">Flags and words as given, for what depends on their order.</param>
/// <param name="Context">What the command takes from its surroundings.</param>
/// <param name="CalledAs">The name that the user typed: "gpusched", or one of Slurm's.</param>
internal sealed record Call(ParseResult Flags, ScannedLine Line, ClientContext Context, string CalledAs)
{
    public IReadOnlyList<string> Words => Line.Words;

    public TextWriter Out => Context.Console.Out;

    public TextWriter Error => Context.Console.Error;

    /// <summary>A remark that is not the result: it never mixes with what a script reads from standard output.</summary>
    public void Remark(string text) => Error.WriteLine($"gpusched: {LongText.Cut(PlainText.OneLine(text))}");
}
