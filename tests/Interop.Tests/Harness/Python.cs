using System.Diagnostics;
using GpuScheduler.EndToEnd.Tests.Harness;

namespace GpuScheduler.Interop.Tests.Harness;

/// <summary>
/// Debian's Python with gRPC's C++ core: an implementation of gRPC from elsewhere. The modules for the contract are made by
/// Debian's protoc, as somebody would who writes a program against it.
/// </summary>
internal static class Python
{
    private const string Interpreter = "/usr/bin/python3";
    private const string Compiler = "/usr/bin/protoc";
    private const string Plugin = "/usr/bin/grpc_python_plugin";
    private const string WellKnownTypes = "/usr/include/google/protobuf/timestamp.proto";

    private static readonly Lazy<string> s_peers = new(Generate);

    /// <summary>Which Debian package is missing; null: none.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>How to run a program of Peers/.</summary>
    public static ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = Quiet(Interpreter, ["-u", Path.Combine(s_peers.Value, program), .. arguments]);
        // Between two processes of one machine there is no proxy; gRPC's C++ core would ask it all the same.
        foreach (var name in start.Environment.Keys.Where(name => name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        return start;
    }

    /// <summary>Once for all tests of a run.</summary>
    private static string Generate()
    {
        var contract = Path.Combine(Apps.Root, "protos");
        var peers = Path.Combine(AppContext.BaseDirectory, "Peers");
        var files = Directory.GetFiles(Path.Combine(contract, "gpuscheduler", "v1"), "*.proto");
        var error = Run(
            Compiler,
            ["-I", contract, $"--plugin=protoc-gen-grpc_python={Plugin}", $"--python_out={peers}", $"--grpc_python_out={peers}", .. files]);
        return error is null ? peers : throw new InvalidOperationException($"protoc failed: {error}");
    }

    private static string? FindMissing()
    {
        if (!File.Exists(Interpreter) || Run(Interpreter, ["-c", "import grpc, google.protobuf"]) is not null) return "python3-grpcio";
        if (!File.Exists(Compiler) || !File.Exists(Plugin)) return "protobuf-compiler-grpc";
        return File.Exists(WellKnownTypes) ? null : "libprotobuf-dev";
    }

    /// <summary>What it said when it failed; null: it did not.</summary>
    private static string? Run(string program, string[] arguments)
    {
        using var process = Process.Start(Quiet(program, arguments))!;
        process.StandardInput.Close();
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : said;
    }

    private static ProcessStartInfo Quiet(string program, string[] arguments) => new(program, arguments)
    {
        RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
    };
}
