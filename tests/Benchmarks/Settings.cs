namespace GpuScheduler.Benchmarks;

/// <summary>What the command line says.</summary>
/// <param name="Verb">What to measure.</param>
/// <param name="App">Folder with the published programs.</param>
/// <param name="Data">Folder on the disk to measure.</param>
/// <param name="Quick">A tenth of the work.</param>
internal sealed record Settings(string Verb, string App, string Data, bool Quick)
{
    private static readonly string[] Verbs = ["submit", "call", "cli", "noop", "latency", "ask", "store", "simulate", "all"];

    /// <summary>The full amount, or a tenth of it.</summary>
    public int Scale(int full) => Quick ? Math.Max(1, full / 10) : full;

    public static Settings? Parse(string[] arguments, out string fault)
    {
        fault = arguments.Length == 0 ? "no verb" : $"'{arguments[0]}' is not one of: {string.Join(", ", Verbs)}";
        if (arguments.Length == 0 || !Verbs.Contains(arguments[0])) return null;
        var settings = new Settings(arguments[0], Path.Combine(Checkout(), "artifacts", "app"), Path.GetTempPath(), Quick: false);
        for (var at = 1; at < arguments.Length; at++)
        {
            switch (arguments[at])
            {
                case "--quick": settings = settings with { Quick = true }; break;
                case "--app" when at + 1 < arguments.Length: settings = settings with { App = Path.GetFullPath(arguments[++at]) }; break;
                case "--data" when at + 1 < arguments.Length: settings = settings with { Data = Path.GetFullPath(arguments[++at]) }; break;
                default:
                    fault = $"'{arguments[at]}' is not a flag, or lacks its value";
                    return null;
            }
        }

        return settings;
    }

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GpuScheduler.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? Environment.CurrentDirectory;
    }
}
