using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// What a script's first line names is started with the script as its argument, as the kernel would: but a script in the data directory
/// also runs where that lies on a disk that executes nothing (noexec), and what is missing can be named.
/// </summary>
internal static class ScriptInterpreter
{
    private const string Shell = "/bin/sh";

    /// <returns>The words to put before the script's path; a text without "#!" is for the shell.</returns>
    /// <exception cref="JobFaultException">This node doesn't have the interpreter.</exception>
    public static IReadOnlyList<string> Of(string script, string directory, string node)
    {
        if (Parse(script) is not [var interpreter, ..] words)
            return [Shell];
        var path = Path.Combine(directory, interpreter);
        if (!Files.Exists(path))
            throw Missing(interpreter, $"isn't on node {node}{EndOfLine(interpreter)}");
        if (!Files.MayExecute(path))
            throw Missing(interpreter, $"may not be executed on node {node}");
        return [path, .. words.Skip(1)];
    }

    /// <returns>The interpreter and, in one word as the kernel passes it on, what follows; empty without "#!".</returns>
    public static IReadOnlyList<string> Parse(string script)
    {
        if (!script.StartsWith("#!", StringComparison.Ordinal))
            return [];
        var end = script.IndexOf('\n', StringComparison.Ordinal);
        var line = (end < 0 ? script : script[..end])[2..].Trim(' ', '\t');
        return line.Split([' ', '\t'], 2) is [var interpreter, var rest] ? [interpreter, rest.TrimStart(' ', '\t')]
            : line.Length > 0 ? [line] : [];
    }

    private static JobFaultException Missing(string interpreter, string what) => new(
        $"'{interpreter}', which the script's first line names as its interpreter, {what}. "
            + "Allowed: a program that every node which may run the job has, such as #!/usr/bin/env python3.",
        LaunchFault.Missing);

    private static string EndOfLine(string interpreter) =>
        interpreter.EndsWith('\r') ? ": the line ends as in Windows, dos2unix converts it" : "";
}
