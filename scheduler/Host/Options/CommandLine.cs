using System.CommandLine;

namespace GpuScheduler.Host.Options;

/// <summary>The scheduler's own command line.</summary>
public static class CommandLine
{
    /// <summary>A command that hands what was typed to <paramref name="run"/>.</summary>
    public static RootCommand Describe(Func<SchedulerOptions, CancellationToken, Task<int>> run)
    {
        var defaults = new SchedulerOptions { Data = "" };
        var data = new Option<string>("--data")
        {
            Required = true, HelpName = "DIR", Description = "Folder of the store and the logs; made when it doesn't exist",
        };
        var listen = Text(
            "--listen", "ADDR", $"Where workers and clients connect (default {defaults.Listen}); port 0: any free one; or unix:/path");
        var http = Text("--http", "ADDR", "Where /healthz and /metrics answer over HTTP/1.1 (default: nowhere)");
        var config = Text("--config", "FILE", "The pool's rules, pool.yaml (default: the shipped rules)");
        var level = Text("--log-level", "LEVEL", $"Verbose, Debug, Information, Warning, Error or Fatal (default {defaults.LogLevel})");
        var insecure = new Option<bool>("--insecure")
        {
            Description = "Listen beyond this machine although nothing protects the connection",
        };

        var acceptLoss = new Option<bool>("--accept-loss")
        {
            Description = "Go on although the store lost acknowledged work, or is a backup: once, when a start was refused for it",
        };

        var root = new RootCommand("The scheduler of a GPU pool") { data, listen, http, config, level, insecure, acceptLoss };
        root.SetAction((parsed, cancellationToken) => run(
            new SchedulerOptions
            {
                Data = parsed.GetRequiredValue(data),
                Listen = parsed.GetValue(listen) ?? defaults.Listen,
                Http = parsed.GetValue(http) ?? defaults.Http,
                Config = parsed.GetValue(config) ?? defaults.Config,
                LogLevel = parsed.GetValue(level) ?? defaults.LogLevel,
                Insecure = parsed.GetValue(insecure),
                AcceptLoss = parsed.GetValue(acceptLoss),
            },
            cancellationToken));
        return root;
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };
}
