using GpuScheduler.Client.Commands;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Common.Network;

namespace GpuScheduler.Client.Calls;

/// <summary>The scheduler's address: a flag's, else a variable's, else that of the pool which this user's 'up' has started and
/// which runs, else this machine's usual one.</summary>
internal static class ServerAddress
{
    public const string Default = "http://127.0.0.1:7070";

    private const string Allowed = $"an address such as {Default}";

    private const string Socket = "unix:";

    private const string Variable = "GPUSCHED_SERVER";

    /// <summary>With its scheme, which may be left out.</summary>
    public static string Of(string? flag, ClientContext context)
    {
        var fromVariable = context.Variable(Variable);
        var (field, text) = flag is not null ? ("--server", flag)
            : fromVariable.Length > 0 ? (Variable, fromVariable)
            : ("", OwnPool.RunningAddress(context) ?? Default);
        if (IsSocket(text))
            throw CommandException.Usage($"{field}: '{text}': no command reaches a scheduler by a socket of this machine; allowed: {Allowed}");
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "http://" + text;

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw CommandException.Usage($"{field}: '{text}': {Allowed}");
        return AnyAddress.Is(uri) ? throw CommandException.Usage($"{field}: '{text}': {AnyAddress.Instead(uri)}") : text;
    }

    /// <summary>As servers write a socket's path; a host may be called "unix", too, and then a port follows.</summary>
    private static bool IsSocket(string text) =>
        text.StartsWith(Socket, StringComparison.OrdinalIgnoreCase) && !ushort.TryParse(text[Socket.Length..], out _);
}
