using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Testing;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>What one command line came to.</summary>
internal sealed record CliResult(int ExitCode, string Out, string Error);

/// <summary>Runs command lines in this process, with surroundings that a test chooses.</summary>
internal sealed class Cli
{
    /// <summary>Far ahead, so that deadlines reckoned from a standing clock don't pass on the wire's own.</summary>
    public static readonly DateTimeOffset Now = new(2099, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private int _keys;

    public Cli(FakeScheduler? scheduler = null)
    {
        if (scheduler is not null)
            Environment["GPUSCHED_SERVER"] = scheduler.Address;
    }

    public Dictionary<string, string> Environment { get; } = new() { ["HOME"] = "/home/anna", ["PATH"] = "/usr/bin:/bin" };

    /// <summary>Null: it is gone.</summary>
    public string? WorkingDirectory { get; init; } = "/home/anna/project";

    public Func<string> UserName { get; init; } = () => "anna";

    public IReadOnlyList<string> RawArguments { get; init; } = [];

    public IReadOnlyDictionary<string, string>? RawEnvironment { get; init; }

    public ShellState Shell { get; init; } = ShellState.Unknown;

    public ArmedTimeProvider Time { get; } = new(Now);

    /// <summary>None, unless a test is about the waits themselves: the clock stands still in most tests.</summary>
    public TimeSpan FirstRetry { get; init; }

    public TestConsole Console { get; init; } = new();

    public Task<CliResult> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public async Task<CliResult> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        var exitCode = await App.RunAsync(args, Context(), cancellationToken);
        return new(exitCode, Console.OutText, Console.ErrorText);
    }

    public ClientContext Context() => new()
    {
        Console = Console,
        Environment = Environment,
        FindWorkingDirectory = () => WorkingDirectory ?? throw new FileNotFoundException("gone"),
        FindUserName = UserName,
        RawArguments = RawArguments,
        RawEnvironment = RawEnvironment,
        ReadShell = () => Shell,
        Time = Time,
        NewKey = () => $"key-{Interlocked.Increment(ref _keys)}",
        Chance = () => 0.5,
        FirstRetry = FirstRetry,
    };
}
