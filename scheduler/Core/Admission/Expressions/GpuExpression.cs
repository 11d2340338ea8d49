using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>
/// The one way to ask for cards, on the command line, in scripts and in files. A comma means any of; what follows the names holds
/// for each of them. Brackets mean: in this order of preference, or in that of the weights. <c>docs/requests.md</c> tells users.
/// <code>
/// expression := "0" | group { "," group } | "[" choice { "," choice } "]"
/// group      := model { "," model } { ":" part } | part { ":" part }
/// choice     := term [ "@" weight ]                              higher first, equal ones compete; left out: 1
/// term       := model { ":" part } | part { ":" part }
/// part       := count | memory | condition | profile | "mig"     each at most once
/// condition  := "cc" operator version | "ecc" | precision | "driver>=" version | "cuda>=" version
/// profile    := a part of a card, such as "1g.10gb"
/// model      := a name | count "x" name | "any" | "gpu"          2xA100 is A100:2; Slurm's "gpu:a100:2" is read too
/// </code>
/// </summary>
public static class GpuExpression
{
    /// <summary>Most cards of one node.</summary>
    public const int MaxCount = 64;

    /// <summary>Most alternatives of one expression.</summary>
    public const int MaxAlternatives = 32;

    /// <summary>Most characters: more than the most alternatives need.</summary>
    public const int MaxLength = 4000;

    private const string Examples = "such as 2, a100:2, A100,H100:40GB..:2, 24GB..48GB, cc>=8.0, a100:1g.10gb or [H100, RTX4090:2]";

    /// <summary>Reads an expression; a null request means no GPU (<c>0</c>, or nothing at all).</summary>
    public static bool TryParse(
        string text, string field, KnownModels models, out GpuRequest? request, [NotNullWhen(false)] out Fault? fault)
    {
        request = null;
        fault = null;
        if (IsNone(text)) return true;
        if (text.Length > MaxLength)
        {
            fault = FaultText.Of(field, text, $"at most {MaxLength} characters, {Examples}");
            return false;
        }
        var reader = new GpuReader(text, models);
        request = reader.Read();
        if (request is null) fault = FaultText.Of(field, text, reader.Problem ?? Examples);
        return request is not null;
    }

    /// <summary>The canonical form: every part written out, memory in MiB.</summary>
    public static string Format(GpuRequest? request)
    {
        if (request is null) return "0";
        var alternatives = string.Join(',', request.Alternatives.Select(Format));
        return request.Ordered ? $"[{alternatives}]" : alternatives;
    }

    private static string Format(GpuAlternative alternative)
    {
        var memory = new GpuMemory(alternative.MinMemoryMib, alternative.MaxMemoryMib).Format();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{alternative.Model ?? "any"}{Mig(alternative)}{(memory.Length > 0 ? ":" : "")}{memory}{GpuCondition.Format(alternative.Needs)}:{alternative.Count}{Weight(alternative)}");
    }

    private static string Mig(GpuAlternative alternative) => alternative.Mig is { } mig ? $":{mig}" : "";

    private static string Weight(GpuAlternative alternative) =>
        alternative.Weight is { } weight ? string.Create(CultureInfo.InvariantCulture, $"@{weight:0.###}") : "";

    private static bool IsNone(string text) => text.Trim().ToUpperInvariant() is "" or "0" or "GPU:0" or "ANY:0" or "NONE";
}
