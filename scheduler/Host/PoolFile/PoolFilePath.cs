using GpuScheduler.Common;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Host.PoolFile;

/// <summary>Where a pool's rules are written; the same file is read again when they are reloaded.</summary>
/// <param name="FullPath">Absolute; null: there is no file, and the shipped rules are in force.</param>
public sealed record PoolFilePath(string? FullPath)
{
    /// <summary>A hundred times a long one.</summary>
    private const int LargestBytes = 4 << 20;

    /// <summary>As the command line gave it; empty: no file. Made absolute, as the working directory may change.</summary>
    public static PoolFilePath Of(string given) => new(given.Length == 0 ? null : Path.GetFullPath(given));

    /// <summary>The rules, every fault (with faults they are not to be used), and the file's text.</summary>
    public (PoolConfig Config, IReadOnlyList<Fault> Faults, string Text) Read()
    {
        if (FullPath is not { } path) return (new PoolConfig(), [], "");
        try
        {
            if (Directory.Exists(path)) throw new IOException("it is a directory");
            var text = NamedFile.ReadText(path, LargestBytes);
            var (config, faults) = PoolFileReader.Read(path, text);
            return (config, faults, text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (new PoolConfig(), [new Fault("--config", path, $"a pool.yaml that can be read ({failure.Message})")], "");
        }
    }
}
