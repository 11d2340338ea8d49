using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Protos;

namespace GpuScheduler.Client.Submission;

/// <summary>The variables that a job gets from the shell it was submitted in.</summary>
internal static class ExportedEnvironment
{
    /// <summary>About the session, not about the work: wrong or useless on another machine.</summary>
    private static readonly HashSet<string> SessionNames = new(StringComparer.Ordinal)
    {
        "_", "PWD", "OLDPWD", "SHLVL", "TERM", "TERMINFO", "COLORTERM", "COLUMNS", "LINES", "LS_COLORS", "PS1", "DISPLAY",
        "WAYLAND_DISPLAY",
        "WINDOWID", "XAUTHORITY", "STY", "HOSTNAME", "MAIL",
    };

    /// <summary>Which cards a program uses: on the job's node others count.</summary>
    private static readonly HashSet<string> CardNames = new(StringComparer.Ordinal)
    {
        "CUDA_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "GPU_DEVICE_ORDINAL", "ZE_AFFINITY_MASK",
    };

    /// <summary>Set in every job: there the cards' variables are the worker's, not a person's.</summary>
    private const string InsideJob = "GPUSCHED_JOB_ID";

    private static readonly string[] SessionPrefixes =
    [
        "SSH_", "DBUS_", "XDG_", "TMUX", "VSCODE_", "SLURM_", "SBATCH_", "GPUSCHED_", "DOTNET_",
    ];

    /// <summary>Fills the job's environment; returns the names left out.</summary>
    public static VariablesLeftOut Fill(SubmissionDraft draft, ClientContext context)
    {
        var job = draft.Spec.Environment;
        var here = context.RawEnvironment ?? context.Environment;
        var left = VariablesLeftOut.None;
        foreach (var item in draft.Export.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (item == "ALL")
                left = ExportAll(job, here);
            else if (item != "NONE")
                ExportOne(job, item, "--export", here);
        }

        foreach (var item in draft.Variables)
            ExportOne(job, item, "--env", here);

        return new(Sorted(left.Secret, job), here.ContainsKey(InsideJob) ? [] : Sorted(left.OfCards, job));
    }

    private static VariablesLeftOut ExportAll(IDictionary<string, string> job, IReadOnlyDictionary<string, string> here)
    {
        var (secret, cards) = (new List<string>(), new List<string>());
        foreach (var (name, value) in here.Where(variable => !IsSession(variable.Key)))
        {
            if (CardNames.Contains(name))
                cards.Add(name);
            else if (SecretNames.Looks(name))
                secret.Add(RawText.Readable(name));
            else
                job[name] = value;
        }

        return new(secret, cards);
    }

    private static IReadOnlyList<string> Sorted(IReadOnlyList<string> names, IDictionary<string, string> job) =>
        [.. names.Where(name => !job.ContainsKey(name)).Order(StringComparer.Ordinal)];

    private static void ExportOne(IDictionary<string, string> job, string item, string flag, IReadOnlyDictionary<string, string> here)
    {
        var at = item.IndexOf('=', StringComparison.Ordinal);
        var name = at < 0 ? item : item[..at];
        if (name.Length == 0 || name.Any(char.IsWhiteSpace))
            throw CommandException.Usage($"{flag}: '{item}': NAME=value, or NAME of a variable set here");

        if (at >= 0)
            job[name] = item[(at + 1)..];
        else if (here.TryGetValue(name, out var value))
            job[name] = value;
        else
            throw CommandException.Usage($"{flag}: '{name}': is not set here; write {name}=value");
    }

    private static bool IsSession(string name) => SessionNames.Contains(name)
        || (SessionPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) && !IsUsersFolder(name));

    /// <summary>XDG_CACHE_HOME and its like say where programs keep their files, on every machine.</summary>
    private static bool IsUsersFolder(string name) =>
        name.StartsWith("XDG_", StringComparison.Ordinal) && name.EndsWith("_HOME", StringComparison.Ordinal);
}
