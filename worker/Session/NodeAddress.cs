namespace GpuScheduler.Worker.Session;

/// <summary>Where processes on other nodes reach this one.</summary>
internal static class NodeAddress
{
    /// <summary>Of a name: RFC 1035's bound.</summary>
    private const int Longest = 253;

    public const string Allowed = "a host name or an IP address that the other nodes reach, without a port";

    /// <summary>What was given, else the machine's name; empty where that says nothing to others: the node's name must do then.</summary>
    public static string Of(string? given, string machine) =>
        given ?? (machine.Split('.')[0].Equals("localhost", StringComparison.OrdinalIgnoreCase) ? "" : machine);

    public static bool IsValid(string text) => text.Length <= Longest && Uri.CheckHostName(text) != UriHostNameType.Unknown;
}
