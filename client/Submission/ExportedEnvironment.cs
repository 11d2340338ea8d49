using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Submission;

/// <summary>The variables that a job gets from the shell it was submitted in.</summary>
internal static class ExportedEnvironment
{
    private static readonly string[] SecretMarks = ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL", "KEY"];

    /// <summary>About the session, not about the work: wrong or useless on another machine.</summary>
    private static readonly HashSet<string> SessionNames = new(StringComparer.Ordinal)
    {
        "_", "PWD", "OLDPWD", "SHLVL", "TERM", "TERMINFO", "COLORTERM", "COLUMNS", "LINES", "LS_COLORS", "PS1", "DISPLAY",
        "WAYLAND_DISPLAY",
        "WINDOWID", "XAUTHORITY", "STY", "HOSTNAME", "MAIL", "CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER",
    };

    private static readonly string[] SessionPrefixes =
    [
        "SSH_", "DBUS_", "XDG_", "TMUX", "VSCODE_", "SLURM_", "SBATCH_", "GPUSCHED_", "DOTNET_",
    ];

    /// <summary>Fills the job's environment; returns the names held back because they look secret.</summary>
    public static IReadOnlyList<string> Fill(SubmissionDraft draft, ClientContext context)
    {
        var job = draft.Spec.Environment;
        var held = new List<string>();
        foreach (var item in draft.Export.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (item == "ALL")
                held = ExportAll(job, context);
            else if (item != "NONE")
                ExportOne(job, item, "--export", context);
        }

        foreach (var item in draft.Variables)
            ExportOne(job, item, "--env", context);

        return [.. held.Where(name => !job.ContainsKey(name)).Order(StringComparer.Ordinal)];
    }

    private static List<string> ExportAll(IDictionary<string, string> job, ClientContext context)
    {
        var held = new List<string>();
        foreach (var (name, value) in context.Environment.Where(variable => !IsSession(variable.Key)))
        {
            if (LooksSecret(name))
                held.Add(name);
            else
                job[name] = value;
        }

        return held;
    }

    private static void ExportOne(IDictionary<string, string> job, string item, string flag, ClientContext context)
    {
        var at = item.IndexOf('=', StringComparison.Ordinal);
        var name = at < 0 ? item : item[..at];
        if (name.Length == 0 || name.Any(char.IsWhiteSpace))
            throw CommandException.Usage($"{flag}: '{item}': NAME=value, or NAME of a variable set here");

        if (at >= 0)
            job[name] = item[(at + 1)..];
        else if (context.Environment.TryGetValue(name, out var value))
            job[name] = value;
        else
            throw CommandException.Usage($"{flag}: '{name}': is not set here; write {name}=value");
    }

    private static bool IsSession(string name) =>
        SessionNames.Contains(name) || SessionPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static bool LooksSecret(string name) => SecretMarks.Any(mark => name.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
