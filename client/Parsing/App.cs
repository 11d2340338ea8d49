using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Common;
using GpuScheduler.Common.Text;
using GpuScheduler.Protos;
using Grpc.Core;

namespace GpuScheduler.Client.Parsing;

/// <summary>From words to a verb, and from whatever goes wrong to one line and an exit code.</summary>
internal static class App
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ClientContext surroundings, CancellationToken cancellationToken)
    {
        var context = surroundings with { Console = new PlainConsole(surroundings.Console) };
        var exitCode = await GuardedAsync(args, context, cancellationToken);
        return Flush(context) || exitCode != ExitCode.Success ? exitCode : ExitCode.Failure;
    }

    private static async Task<int> GuardedAsync(IReadOnlyList<string> args, ClientContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await DispatchAsync(args, context, cancellationToken);
        }
        catch (CommandException failure)
        {
            return Fail(context, failure.ExitCode, failure.Message);
        }
        catch (RpcException failure) when (!cancellationToken.IsCancellationRequested)
        {
            return Fail(context, RpcErrors.ExitCodeOf(failure), RpcErrors.Describe(failure));
        }
        catch (Exception failure) when (failure is OperationCanceledException or RpcException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Fail(context, ExitCode.Failure, failure.Message);
        }
        catch (Exception failure)
        {
            return Fail(context, LastResort.ExitCode, LastResort.Describe(failure));
        }
    }

    private static async Task<int> DispatchAsync(IReadOnlyList<string> args, ClientContext context, CancellationToken cancellationToken)
    {
        var calledAs = context.CalledAs;
        var words = VerbFirst(SlurmNames.Translate(calledAs) is { } prefix ? [.. prefix, .. args] : args);
        if (words.Count == 0 || words[0] is "help" or "--help" or "-h")
            return Overview(words, context);

        var name = words[0] == "--version" ? "version" : words[0];
        var verb = VerbTable.Find(name) ?? throw CommandException.Usage(
            $"unknown verb '{name}'{NearestName.Hint(name, VerbTable.Shown.Select(known => known.Name))} ('gpusched --help' lists them)");
        return await RunVerbAsync(verb.Create(), [.. words.Skip(1)], context, calledAs, cancellationToken);
    }

    /// <summary>"--server URL nodes" is what other programs' users write; here flags follow the verb.</summary>
    private static IReadOnlyList<string> VerbFirst(IReadOnlyList<string> words)
    {
        var flags = 0;
        while (flags < words.Count && words[flags].Split('=')[0] == ServerCommand.ServerFlag)
            flags += words[flags].Contains('=', StringComparison.Ordinal) ? 1 : 2;

        if (flags > 0 && flags >= words.Count)
            throw CommandException.Usage($"a verb is missing after {ServerCommand.ServerFlag} ('gpusched --help' lists them)");

        return flags == 0 ? words : [words[flags], .. words.Take(flags), .. words.Skip(flags + 1)];
    }

    private static async Task<int> RunVerbAsync(
        ClientCommand command, IReadOnlyList<string> words, ClientContext context, string calledAs, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> tokens = command.TakesAnyBytes ? context.Raw(words) : [.. context.Raw(words).Select(RawText.Readable)];
        var line = command.HandsOnItsWords ? new([], tokens, false) : command.CreateScanner(context).Scan(tokens);
        var parsed = FlagParser.Parse(command, line.Flags);
        if (command.WantsHelp(parsed))
        {
            context.Console.Out.Write(HelpText.For(command));
            return ExitCode.Success;
        }

        command.CheckWords(line.Words);
        return await ForReader.RunAsync(command, new Call(parsed, line, context, calledAs), cancellationToken);
    }

    private static int Overview(IReadOnlyList<string> words, ClientContext context)
    {
        if (words.Count == 2 && VerbTable.Find(words[1]) is { } verb)
        {
            context.Console.Out.Write(HelpText.For(verb.Create()));
            return ExitCode.Success;
        }

        (words.Count == 0 ? context.Console.Error : context.Console.Out).Write(HelpText.Overview());
        return words.Count == 0 ? ExitCode.Usage : ExitCode.Success;
    }

    private static int Fail(ClientContext context, int exitCode, string message)
    {
        foreach (var line in RawText.Readable(message).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Say(context, $"gpusched: {LongText.Cut(line)}");

        return exitCode;
    }

    /// <summary>False, with a message, when the result could not be written. A reader such as head that is gone already is no
    /// failure: the console says nothing of it.</summary>
    private static bool Flush(ClientContext context)
    {
        try
        {
            context.Console.Out.Flush();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Fail(context, ExitCode.Failure, $"the result could not be written: {(failure.InnerException ?? failure).Message}");
            return false;
        }
    }

    private static void Say(ClientContext context, string line)
    {
        try
        {
            context.Console.Error.WriteLine(line);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Standard error is closed or full: the exit code has to do.
        }
    }
}
