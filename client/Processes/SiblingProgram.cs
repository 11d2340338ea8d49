using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Processes;

/// <summary>Finds the scheduler, the simulator and the worker, which are installed beside the client.</summary>
internal static class SiblingProgram
{
    public const string Client = "gpusched";
    public const string Scheduler = "gpusched-scheduler";
    public const string Simulator = "gpusched-simulator";
    public const string Worker = "gpusched-worker";

    public static string Find(string name, ClientContext context)
    {
        var home = context.Variable("GPUSCHED_HOME");
        string[] places = home.Length > 0 ? [AppContext.BaseDirectory, Path.Combine(home, "bin")] : [AppContext.BaseDirectory];
        return places.Select(place => Path.Combine(place, name)).FirstOrDefault(File.Exists)
            ?? throw new CommandException(
                ExitCode.Failure, $"{name}: is in none of {string.Join(", ", places)}; set GPUSCHED_HOME to where bin/{name} is");
    }
}
