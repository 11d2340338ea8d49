namespace GpuScheduler.Worker.Execution;

/// <summary>
/// A shell drops variables whose names it couldn't write itself (exported bash functions such as "BASH_FUNC_module%%").
/// Those go past the supervising shell as arguments of env(1).
/// </summary>
internal static class ShellVariables
{
    /// <returns>NAME=VALUE entries for the shell's environment, and the words to put before the command.</returns>
    /// <exception cref="JobFaultException">A name or value that no environment can hold.</exception>
    public static (IReadOnlyList<string> Kept, IReadOnlyList<string> Handed) Split(IReadOnlyDictionary<string, string> environment)
    {
        var entries = environment.ToLookup(entry => IsShellName(entry.Key), Entry);
        var handed = entries[false].ToList();
        return ([.. entries[true]], handed.Count == 0 ? [] : ["env", .. handed]);
    }

    private static bool IsShellName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static string Entry(KeyValuePair<string, string> variable)
    {
        var (name, value) = variable;
        if (name.Length == 0 || name.Contains('=') || name.Contains('\0') || value.Contains('\0'))
            throw new JobFaultException(
                $"environment variable '{name}' can't be set: a name must not be empty or hold '=', no value a NUL");
        return $"{name}={value}";
    }
}
