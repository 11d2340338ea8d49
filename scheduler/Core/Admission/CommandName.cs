namespace GpuScheduler.Core.Admission;

/// <summary>What a command is called when its user names no job: an interpreter by the script that it runs, others by themselves.</summary>
internal static class CommandName
{
    private static readonly string[] Interpreters =
        ["python", "pypy", "bash", "sh", "dash", "zsh", "ksh", "perl", "ruby", "rscript", "julia", "node", "lua", "octave"];

    /// <summary>Flags after which comes no script but a program text.</summary>
    private static readonly string[] Texts = ["-c", "-e", "-E", "--eval"];

    /// <summary>Flags of interpreters whose value is the next word.</summary>
    private static readonly string[] Valued = ["-W", "-X", "-O", "-o", "--check-hash-based-pycs"];

    /// <summary>File name of the script, name of the module, or file name of the program; may be empty.</summary>
    public static string Of(IReadOnlyList<string> command)
    {
        var program = FileName(command[0]);
        return IsInterpreter(program) && ScriptOf(command) is { Length: > 0 } script ? script : program;
    }

    /// <summary>Also <c>python3.12</c> and <c>bash-5.2</c>.</summary>
    private static bool IsInterpreter(string program) =>
        Interpreters.Contains(program.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '-').ToLowerInvariant());

    private static string? ScriptOf(IReadOnlyList<string> command)
    {
        for (var i = 1; i < command.Count; i++)
        {
            var word = command[i];
            if (Texts.Contains(word)) return null;
            if (word == "-m") return i + 1 < command.Count ? command[i + 1] : null;
            if (!word.StartsWith('-')) return FileName(word);
            if (Valued.Contains(word)) i++;
        }

        return null;
    }

    private static string FileName(string path)
    {
        var whole = path.TrimEnd('/');
        return whole[(whole.LastIndexOf('/') + 1)..];
    }
}
