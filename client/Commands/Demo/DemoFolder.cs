using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Commands.Demo;

/// <summary>Where a demo lives: one folder under the temporary one, by which everything that it starts can be found again.</summary>
internal sealed class DemoFolder
{
    /// <summary>A lost machine should be noticed while people still watch.</summary>
    private const string PoolConfig = "leases: { heartbeat: 500ms, lease: 3s }\n";

    public DemoFolder(ClientContext context)
    {
        Examples = FindExamples(context);
        Path = Directory.CreateTempSubdirectory("gpusched-demo-").FullName;
        File.WriteAllText(Config, PoolConfig);
        Directory.CreateDirectory(Checkpoints);
    }

    public string Path { get; }

    /// <summary>The folder with trainer.py and the inventories.</summary>
    public string Examples { get; }

    public string Config => System.IO.Path.Combine(Path, "demo-pool.yaml");

    /// <summary>Stands for storage that all machines share.</summary>
    public string Checkpoints => System.IO.Path.Combine(Path, "checkpoints");

    public string Data => System.IO.Path.Combine(Path, "data");

    /// <summary>What a machine keeps; the path is also the mark of its processes.</summary>
    public string MachineData(string node) => System.IO.Path.Combine(Path, "machines", node);

    public string Example(string file) => System.IO.Path.Combine(Examples, file);

    public void Delete()
    {
        try
        {
            DemoGroups.RemoveBelow(Path);
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was killed a moment ago may still have been writing; what is left is in the temporary folder.
        }
    }

    private static string FindExamples(ClientContext context)
    {
        var home = context.Variable("GPUSCHED_HOME");
        string[] places =
        [
            AppContext.BaseDirectory, System.IO.Path.Combine(AppContext.BaseDirectory, "../.."),
            .. home.Length > 0 ? [home] : Array.Empty<string>(),
        ];
        return places.Select(place => System.IO.Path.GetFullPath(System.IO.Path.Combine(place, "examples")))
            .FirstOrDefault(Directory.Exists)
            ?? throw new CommandException(
                ExitCode.Failure, "demo: the examples folder is neither beside the programs nor in GPUSCHED_HOME");
    }
}
