namespace GpuScheduler.Client.Commands;

/// <summary>An address on which a scheduler listens for other machines, too: it names none that could be called.</summary>
internal static class OpenAddress
{
    /// <summary>For this machine: its loopback instead of "every address".</summary>
    public static string Here(string address) => Url(address)
        .Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal)
        .Replace("//[::]:", "//[::1]:", StringComparison.Ordinal);

    /// <summary>For other machines, where it listens on every address of this one; null: it doesn't.</summary>
    public static string? ForOthers(string address) =>
        Here(address) != Url(address) && Uri.TryCreate(Url(address), UriKind.Absolute, out var uri)
            ? $"{uri.Scheme}://{Environment.MachineName}:{uri.Port}"
            : null;

    private static string Url(string address) =>
        address.Contains("://", StringComparison.Ordinal) || address.StartsWith("unix:", StringComparison.Ordinal)
            ? address
            : $"http://{address}";
}
