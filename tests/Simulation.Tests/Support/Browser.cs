using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GpuScheduler.Simulation.Tests.Support;

/// <summary>Debian's Chromium, without a window.</summary>
internal static class Browser
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    public static string? Program { get; } = s_places.FirstOrDefault(File.Exists);

    /// <returns>What it printed, and what its console and its network said.</returns>
    public static async Task<(string Output, string Errors)> RunAsync(string profile, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Program!,
            ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", $"--user-data-dir={profile}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var browser = Process.Start(start)!;
        var (output, errors) = (browser.StandardOutput.ReadToEndAsync(), browser.StandardError.ReadToEndAsync());
        await browser.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (await output, await errors);
    }
}

/// <summary>A test that looks at a page in a real browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (Browser.Program is null)
            Skip = "needs a browser: sudo apt-get install chromium";
    }
}
