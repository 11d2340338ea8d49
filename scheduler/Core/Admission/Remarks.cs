using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Words that are right, but that people often mean otherwise: says how they were read.</summary>
internal static class Remarks
{
    private const long SuspiciousMib = 64;

    public static IEnumerable<string> Of(JobSpec spec)
    {
        if (Comma(spec) is { } comma) yield return comma;
        if (Memory(spec) is { } memory) yield return memory;
        if (ShellLine(spec) is { } line) yield return line;
    }

    /// <summary>A list with several counts is meant as "all of them" by those who know Slurm.</summary>
    private static string? Comma(JobSpec spec)
    {
        if (spec.Request.Gpu is not { Ordered: false, Alternatives.Count: > 1 } gpu) return null;
        if (spec.Draft.Gpus.Split(',').Count(HasCount) < 2) return null;
        var any = string.Join(" or ", gpu.Alternatives.Select(one => $"{one.Count} × {one.Model ?? "any card"}"));
        return $"--gpus {FaultText.Piece(spec.Draft.Gpus)} means any one of these, not all of them as in Slurm: the job gets {any}";
    }

    /// <summary>Pipes and blanks in the only word: no shell reads it, so only a program of that very name would do.</summary>
    private static string? ShellLine(JobSpec spec) =>
        !spec.Draft.IsScript && spec.Draft.Command is [var word] && NeedsShell(word.AsSpan().Trim())
            ? $"the command is one word, '{FaultText.Piece(word)}', and no shell reads it: for a shell's command line write --wrap, "
                + "for a program with arguments leave out the quotes"
            : null;

    private static bool NeedsShell(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (char.IsWhiteSpace(letter) || letter is '|' or '&' or ';' or '<' or '>' or '$' or '`') return true;
        }

        return false;
    }

    private static bool HasCount(string group) =>
        CountedModel.TryRead(group.Trim(), out _) || group.Split(':').Any(part => CountedModel.IsCount(part.Trim(), out _));

    /// <summary>A number alone is MiB, as in Slurm: 24 is seldom meant as 24 MiB.</summary>
    private static string? Memory(JobSpec spec)
    {
        var (flag, text) = spec.Draft.MemoryPerGpu.Trim().Length > 0
            ? ("--mem-per-gpu", spec.Draft.MemoryPerGpu.Trim())
            : ("--mem", spec.Draft.Memory.Trim());
        if (text.Length == 0 || !MemorySize.TryParse(text, flag, out var mib, out _) || mib >= SuspiciousMib) return null;
        var hint = text.All(char.IsAsciiDigit) ? $"; a number alone is MiB, as in Slurm: for {text} GiB write {flag} {text}G" : "";
        return $"{flag} {FaultText.Piece(text)} asks for {mib} MiB only{hint}";
    }
}
