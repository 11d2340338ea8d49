using System.Reflection;

namespace GpuScheduler.Worker.Execution;

/// <summary>Puts the supervisor into the data directory, where it stays valid while the agent's own files are replaced.</summary>
internal static class SupervisorScript
{
    private const string Resource = "supervise.sh";

    /// <summary>By rename: shells that read the older file go on reading it.</summary>
    public static void Install(DataDirectory data)
    {
        using var script = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"resource {Resource} is missing from the build");
        using var content = new MemoryStream();
        script.CopyTo(content);
        // A full disk is no obstacle to an agent that finds its own script there.
        if (!File.Exists(data.Supervisor) || !File.ReadAllBytes(data.Supervisor).SequenceEqual(content.ToArray()))
            DurableFile.Write(data.Supervisor, content.ToArray());
    }
}
