using GpuScheduler.Simulation.Input;
using GpuScheduler.Storage.Sqlite;

namespace GpuScheduler.Simulation.History;

/// <summary>Finds and reads the store that somebody means.</summary>
internal static class StoreFile
{
    private const string Name = "gpusched.db";

    /// <param name="given">The store, the scheduler's data folder, or the folder of <c>gpusched up</c>.</param>
    /// <exception cref="InputException">There is no store, or it can't be used; the message says why.</exception>
    public static StoredHistory Read(string given)
    {
        try
        {
            return HistoryReader.Read(Find(given));
        }
        catch (StoreRefusedException refused)
        {
            throw new InputException($"--from-store: {refused.Message}");
        }
    }

    private static string Find(string given)
    {
        if (!Directory.Exists(given))
            return File.Exists(given)
                ? given
                : throw new NotFoundException($"--from-store is '{given}'; allowed: a store ({Name}), or a folder that has one");

        string[] places = [Path.Combine(given, Name), Path.Combine(given, "scheduler", Name)];
        return places.FirstOrDefault(File.Exists)
            ?? throw new NotFoundException($"--from-store is '{given}', which has no {Name}; allowed: a store, or a folder that has one");
    }
}
