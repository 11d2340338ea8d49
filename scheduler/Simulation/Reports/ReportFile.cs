using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>The page that <c>--report</c> asks for.</summary>
internal sealed class ReportFile
{
    private readonly string path;

    private ReportFile(string path) => this.path = path;

    /// <summary>Looks before the replay whether the page can be written after it.</summary>
    /// <param name="path">Null: none is wanted.</param>
    public static ReportFile? At(string? path)
    {
        if (path is null)
            return null;

        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return !Directory.Exists(path) && Directory.Exists(folder)
            ? new(path)
            : throw new InputException($"--report is '{path}'; allowed: a file in a folder that exists");
    }

    public void Write(PoolResult result, DateTimeOffset start)
    {
        try
        {
            File.WriteAllText(path, Page.Of(result, start));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--report is '{path}', which can't be written: {failure.Message}");
        }
    }
}
