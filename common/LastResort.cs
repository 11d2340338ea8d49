using GpuScheduler.Common.Text;

namespace GpuScheduler.Common;

/// <summary>Turns what no other code caught into one line and an exit code: a stack trace tells a user nothing.</summary>
internal static class LastResort
{
    /// <summary>Something went wrong that no other code names.</summary>
    public const int ExitCode = 1;

    /// <summary>For those who look for the fault: set, the stack trace follows the line.</summary>
    public const string TraceVariable = "GPUSCHED_TRACE";

    /// <summary>Also for threads that have no caller: the runtime would print a trace and abort.</summary>
    public static void Watch(string program) => AppDomain.CurrentDomain.UnhandledException += (_, thrown) =>
    {
        if (thrown.ExceptionObject is Exception failure)
            Environment.Exit(Report(program, failure));
    };

    /// <summary>Says what happened, as far as anything can still be said.</summary>
    public static int Report(string program, Exception failure)
    {
        Say($"{program}: {Describe(failure)}");
        return ExitCode;
    }

    /// <summary>One line to standard error, which may be closed or full: there is nothing left then to complain to.</summary>
    public static void Say(string text)
    {
        try
        {
            Console.Error.WriteLine(PlainText.Lines(string.Join('\n', text.Split('\n').Select(LongText.Cut))));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
        }
    }

    public static string Describe(Exception failure)
    {
        if (Environment.GetEnvironmentVariable(TraceVariable) is { Length: > 0 })
            return $"unexpected error: {failure}";

        var message = failure.Message.ReplaceLineEndings(" ");
        return $"unexpected error ({failure.GetType().Name}: {message}); please report it with what you did; "
            + $"{TraceVariable}=1 shows where it happened";
    }
}
