namespace GpuScheduler.Host.Grpc;

/// <summary>Who is recorded for a change that people may ask about later.</summary>
internal static class CallerName
{
    /// <summary>No account can be called so.</summary>
    private const string Unknown = "(unknown)";

    /// <summary>As the caller says; a program that says nothing is recorded as unknown, not as the scheduler itself.</summary>
    public static string Of(string said) => said.Length > 0 ? said : Unknown;
}
