using System.Text.Json;
using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Interop.Tests.Harness;

namespace GpuScheduler.Interop.Tests;

/// <summary>Errors reach other implementations as gRPC's statuses, with the words that people are to read.</summary>
public sealed class RefusalTests
{
    [PythonFact]
    public async Task Each_mistake_has_its_status_and_names_what_is_wrong()
    {
        await using var lab = await Lab.Start();

        var seen = await PythonCall.Ask(lab, "refusals");

        Has(seen, "gpus", "INVALID_ARGUMENT", "gpus: 'Grafikkarte – 4 %'");
        Has(seen, "two faults", "INVALID_ARGUMENT", "tier: 'nosuch'", "\n", "time: 'soon'");
        Has(seen, "in a batch", "INVALID_ARGUMENT", "nosuch");
        HasDetail(seen, "two faults", "google.rpc.BadRequest", "spec.tier", "spec.time_limit");
        HasDetail(seen, "in a batch", "google.rpc.BadRequest", "jobs[1].spec.tier");
        HasDetail(seen, "unknown job", "google.rpc.ResourceInfo", "4711");
        Has(seen, "unknown job", "NOT_FOUND", "4711");
        Has(seen, "unknown stream", "NOT_FOUND", "4711");
        Has(seen, "unknown call", "UNIMPLEMENTED");
        Has(seen, "no hello", "INVALID_ARGUMENT", "hello as the first message");
        Has(seen, "node", "INVALID_ARGUMENT", "node: 'a b'");
        Has(seen, "no message", "INVALID_ARGUMENT", "the message can't be read: ");
        Has(seen, "no message in a stream", "INVALID_ARGUMENT", "the message can't be read: ");
        Assert.Equal(0, seen.GetProperty("afterwards").GetArrayLength());
    }

    /// <summary>What a program reads, as bytes: Debian has no library for google.rpc.</summary>
    private static void HasDetail(JsonElement seen, string mistake, params string[] words)
    {
        var rich = seen.GetProperty(mistake).GetProperty("rich").GetString()!;
        Assert.All(words, word => Assert.Contains(word, rich, StringComparison.Ordinal));
    }

    private static void Has(JsonElement seen, string mistake, string code, params string[] words)
    {
        var refusal = seen.GetProperty(mistake);
        Assert.Equal((mistake, code), (mistake, refusal.GetProperty("code").GetString()));
        Assert.All(words, word => Assert.Contains(word, refusal.GetProperty("details").GetString()!, StringComparison.Ordinal));
    }
}
