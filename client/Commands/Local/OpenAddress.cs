namespace GpuScheduler.Client.Commands;

/// <summary>An address on which a scheduler listens for other machines, too.</summary>
internal static class OpenAddress
{
    /// <summary>By which name they reach it, where it listens on every address of this machine; null: it doesn't.</summary>
    public static string? ForOthers(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host is "0.0.0.0" or "[::]"
            ? $"{uri.Scheme}://{Environment.MachineName}:{uri.Port}"
            : null;
}
