namespace GpuScheduler.Host.Startup;

/// <summary>Tells scripts where the scheduler listens, and its own worker which store it has, once it can be called.</summary>
internal static class AddressFile
{
    /// <summary>Writes <c>DIR/address</c> whole or not at all.</summary>
    public static void Write(string folder, string address)
    {
        var path = PathIn(folder);
        File.WriteAllText(path + ".new", address + "\n");
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Writes <c>DIR/store</c>: a worker that is started with it joins no other scheduler at this address.</summary>
    public static void WriteStore(string folder, string id)
    {
        var path = Path.Combine(folder, "store");
        File.WriteAllText(path + ".new", id + "\n");
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Takes the file of an earlier run away: it may name a port that another program has now.</summary>
    public static void Delete(string folder) => File.Delete(PathIn(folder));

    private static string PathIn(string folder) => Path.Combine(folder, "address");
}
