namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>A folder for one test's store, gone with the test.</summary>
internal sealed class StoreFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gpusched-store-").FullName;

    public string Store => File("pool.db");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
