using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>Reads one GPU expression from left to right, and stops at the first thing that is wrong.</summary>
internal sealed class GpuReader(string text, KnownModels models)
{
    private readonly IReadOnlyList<GpuToken> _tokens = GpuToken.Split(text);
    private readonly List<GpuAlternative> _found = [];
    private int _next;

    /// <summary>What was wrong; null while nothing is.</summary>
    public string? Problem { get; private set; }

    private GpuToken Current => _tokens[_next];

    private GpuToken Following => _tokens[Math.Min(_next + 1, _tokens.Count - 1)];

    /// <summary>The request; null: <see cref="Problem"/> says why.</summary>
    public GpuRequest? Read()
    {
        var ordered = Take('[');
        do ReadGroup(severalNames: !ordered);
        while (Problem is null && Take(','));
        if (ordered && Problem is null && !Take(']')) Fail("']' or ','");
        if (Problem is null && Current.Mark != GpuToken.End) Fail("',', ':' or the end");
        if (Problem is null && _found.Count > GpuExpression.MaxAlternatives) Problem = $"at most {GpuExpression.MaxAlternatives} alternatives";
        return Problem is null ? new GpuRequest([.. _found.Distinct()], ordered) : null;
    }

    private void ReadGroup(bool severalNames)
    {
        SkipGresPrefix(severalNames);
        var names = ReadNames(severalNames);
        var parts = new GpuParts();
        if (names.Count > 0 && Current.Mark is ',' or ']' or GpuToken.End) RefuseBareNameBeforeParts();
        else ReadParts(ref parts, needsColon: names.Count > 0);
        if (Problem is not null) return;
        foreach (var name in names.DefaultIfEmpty(null))
            _found.Add(new GpuAlternative(name, parts.Count ?? 1, parts.Memory?.MinMib ?? 0, parts.Memory?.MaxMib));
    }

    /// <summary><c>A100,24GB..:2</c> could be read in two ways: brackets make it clear. Inside brackets it is.</summary>
    private void RefuseBareNameBeforeParts()
    {
        if (_tokens[0].Mark != '[' && Current.Mark == ',' && Following.Mark == GpuToken.Word)
            Problem = $"at position {Following.At} another model instead of '{FaultText.Piece(Following.Text)}'; for alternatives of different kinds use brackets: [a100, 24GB..:2]";
    }

    /// <summary>Slurm's <c>gpu:</c> before a model; before a count it stands for any model itself. Between two of them Slurm's
    /// comma means both, ours either: whoever writes that must say what they mean.</summary>
    private void SkipGresPrefix(bool severalNames)
    {
        if (severalNames && _next > 0 && IsWord(Current, "GPU"))
            Problem = $"'gpu' once, in front (at position {Current.At} there is another): a comma means any of, not both; such as a100:1,v100:1";
        if (IsWord(Current, "GPU") && Following.Mark == ':' && _next + 2 < _tokens.Count && IsModel(_tokens[_next + 2])) _next += 2;
    }

    private List<string?> ReadNames(bool several)
    {
        var names = new List<string?>();
        while (Problem is null && IsModel(Current))
        {
            names.Add(ReadModel());
            if (!several || Current.Mark != ',' || !IsModel(Following) || IsWord(Following, "GPU")) break;
            _next++;
        }
        return names;
    }

    private string? ReadModel()
    {
        var word = _tokens[_next++];
        if (IsWord(word, "GPU") || IsWord(word, "ANY")) return null;
        var key = models.Resolve(word.Text);
        if (key is null) Problem = models.Unknown(word.Text);
        return key;
    }

    private void ReadParts(ref GpuParts parts, bool needsColon)
    {
        for (var first = true; Problem is null; first = false)
        {
            if (first && !needsColon ? Current.Mark != GpuToken.Word : !Take(':'))
            {
                if (first) Fail(needsColon ? "':'" : "a model, a count or a size of memory");
                return;
            }
            if (Current.Mark != GpuToken.Word) Fail("a count or a size of memory");
            else if (IsModel(Current)) Fail("a count or a size of memory (the model comes first: a100:2)");
            else Problem = parts.Read(_tokens[_next++].Text);
        }
    }

    /// <summary>Numbers of four digits may be models (<c>4090</c>); shorter ones never are.</summary>
    private bool IsModel(GpuToken token) => token.Mark == GpuToken.Word && !(token.Text.Length < 4 && GpuParts.IsCount(token.Text))
        && (models.Resolve(token.Text) is not null || !GpuParts.IsCount(token.Text) && !GpuMemory.IsMeant(token.Text));

    private static bool IsWord(GpuToken token, string word) =>
        token.Mark == GpuToken.Word && token.Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool Take(char mark)
    {
        if (Current.Mark != mark) return false;
        _next++;
        return true;
    }

    private void Fail(string expected) =>
        Problem ??= string.Create(CultureInfo.InvariantCulture, $"at position {Current.At} {expected} instead of '{FaultText.Piece(Current.Text)}'");
}
