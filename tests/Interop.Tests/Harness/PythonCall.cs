using System.Diagnostics;
using System.Text.Json;
using GpuScheduler.EndToEnd.Tests.Harness;

namespace GpuScheduler.Interop.Tests.Harness;

/// <summary>One function of Peers/calls.py, which tells what it sees as lines of JSON.</summary>
internal sealed class PythonCall : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private PythonCall(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static PythonCall Start(Lab lab, string function, params string[] arguments)
    {
        var process = Process.Start(Python.Command("calls.py", [lab.Server["http://".Length..], function, .. arguments]))!;
        process.StandardInput.Close();
        return new PythonCall(process);
    }

    /// <summary>A function's only line.</summary>
    public static async Task<JsonElement> Ask(Lab lab, string function, params string[] arguments)
    {
        using var call = Start(lab, function, arguments);
        var answer = await call.Next();
        await call.Ends();
        return answer;
    }

    /// <summary>The next line that it prints.</summary>
    public async Task<JsonElement> Next()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Eventually.Patience);
        if (line is null) Assert.Fail($"calls.py has ended: {await _errors}");
        return JsonElement.Parse(line);
    }

    /// <summary>It prints nothing more, and nothing went wrong.</summary>
    public async Task Ends()
    {
        var rest = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Eventually.Patience);
        Assert.Equal(("", ""), (rest, await _errors));
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
