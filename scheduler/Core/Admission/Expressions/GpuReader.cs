using System.Globalization;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>Reads one GPU expression from left to right, and stops at the first thing that is wrong.</summary>
internal sealed class GpuReader(string text, KnownModels models)
{
    private const string APart = "a count, a size of memory, a condition or a profile";
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
        do ReadGroup(ordered);
        while (Problem is null && Take(','));
        if (ordered && Problem is null && !Take(']')) Fail("']' or ','");
        if (Problem is null && Current.Mark == '@') Problem = At(Current, "a weight only inside brackets, such as [h100@2, a100]");
        if (Problem is null && Current.Mark != GpuToken.End) Fail("',', ':' or the end");
        if (Problem is null && _found.Count > GpuExpression.MaxAlternatives)
            Problem = $"at most {GpuExpression.MaxAlternatives} alternatives";
        if (Problem is null) return new GpuRequest([.. Weighted(_found).Distinct()], ordered);
        Problem = RightForm() ?? Problem;
        return null;
    }

    /// <summary>A form that others have is answered with ours, instead of what is wrong with it.</summary>
    private string? RightForm()
    {
        foreach (var token in _tokens.Where(token => token.Mark == GpuToken.Word && !IsModel(token)).Concat(_tokens.Where(IsUnknown)))
        {
            if (GpuHints.For(token.Text, models) is { } form) return At(token, $"write {form} instead of '{FaultText.Piece(token.Text)}'");
        }

        return null;
    }

    /// <summary>One weight makes it the weights that count: a choice without one then has 1.</summary>
    private static IEnumerable<GpuAlternative> Weighted(List<GpuAlternative> found) =>
        found.Exists(one => one.Weight is not null) ? found.Select(one => one with { Weight = one.Weight ?? 1 }) : found;

    private void ReadGroup(bool ordered)
    {
        SkipGresPrefix(severalNames: !ordered);
        var parts = new GpuParts();
        var names = ReadNames(several: !ordered, ref parts);
        if (names.Count > 0 && Current.Mark is ',' or ']' or '@' or GpuToken.End) RefuseBareNameBeforeParts(parts);
        else ReadParts(ref parts, needsColon: names.Count > 0);
        var weight = ordered && Problem is null && Take('@') ? ReadWeight() : null;
        if (Problem is not null) return;
        foreach (var name in names.DefaultIfEmpty(null))
        {
            _found.Add(new GpuAlternative(name, parts.Count ?? 1, parts.Memory?.MinMib ?? 0, parts.Memory?.MaxMib)
            {
                Needs = parts.Needs,
                Mig = parts.Mig,
                Weight = weight,
            });
        }
    }

    /// <summary><c>A100,24GB..:2</c> could be read in two ways: brackets make it clear. Inside brackets it is.</summary>
    private void RefuseBareNameBeforeParts(GpuParts parts)
    {
        if (parts.Count is null && _tokens[0].Mark != '[' && Current.Mark == ',' && Following.Mark == GpuToken.Word)
            Problem ??= $"at position {Following.At} another model instead of '{FaultText.Piece(Following.Text)}'; for alternatives of "
                + "different kinds use brackets: [a100, 24GB..:2]";
    }

    /// <summary>Slurm's <c>gpu:</c> before a model; before a part it stands for any model itself. Between two of them Slurm's
    /// comma means both, ours either: a user who writes that must say which is meant.</summary>
    private void SkipGresPrefix(bool severalNames)
    {
        if (severalNames && _next > 0 && IsWord(Current, "GPU"))
            Problem = $"'gpu' once, in front (at position {Current.At} there is another): a comma means any of, not both; such as "
                + "a100:1,v100:1";
        if (IsWord(Current, "GPU") && Following.Mark == ':' && _next + 2 < _tokens.Count && IsModel(_tokens[_next + 2])) _next += 2;
    }

    private List<string?> ReadNames(bool several, ref GpuParts parts)
    {
        var names = new List<string?>();
        while (Problem is null && IsModel(Current))
        {
            names.Add(ReadModel(ref parts));
            if (!several || parts.Mig is not null || parts.Count is not null) break;
            if (Current.Mark != ',' || !IsModel(Following) || IsWord(Following, "GPU") || IsCounted(Following)) break;
            _next++;
        }
        return names;
    }

    private string? ReadModel(ref GpuParts parts)
    {
        var word = _tokens[_next++];
        if (IsWord(word, "GPU") || IsWord(word, "ANY")) return null;
        var key = models.Resolve(word.Text) ?? ReadSlurmSlice(word.Text, ref parts) ?? ReadCounted(word, ref parts);
        if (key is null) Problem ??= At(word, models.Unknown(word.Text));
        return key;
    }

    /// <summary><c>2xA100</c>; its count is a part like that of <c>A100:2</c>.</summary>
    private string? ReadCounted(GpuToken word, ref GpuParts parts)
    {
        if (!IsCounted(word) || !CountedModel.TryRead(word.Text, out var counted)) return null;
        if (parts.Read(counted.Count) is { } problem) Problem = At(word, problem);
        return models.Resolve(counted.Rest);
    }

    private bool IsCounted(GpuToken token) => token.Mark == GpuToken.Word && models.Resolve(token.Text) is null
        && CountedModel.TryRead(token.Text, out var counted) && models.Resolve(counted.Rest) is not null;

    /// <summary><c>a100_1g.5gb</c>, as Slurm names the type of a part of a card.</summary>
    private string? ReadSlurmSlice(string word, ref GpuParts parts)
    {
        var at = word.LastIndexOfAny(['_', '-', ' ']);
        if (at <= 0 || !MigNames.IsProfile(word[(at + 1)..]) || models.Resolve(WithoutMig(word[..at])) is not { } key) return null;
        parts.ReadMig(word[(at + 1)..]);
        return key;
    }

    private static string WithoutMig(string name) =>
        name.Length > 4 && name.EndsWith("mig", StringComparison.OrdinalIgnoreCase) && name[^4] is '_' or '-' or ' ' ? name[..^4] : name;

    private void ReadParts(ref GpuParts parts, bool needsColon)
    {
        for (var first = true; Problem is null; first = false)
        {
            if (first && !needsColon ? Current.Mark != GpuToken.Word : !Take(':'))
            {
                if (first) Fail(needsColon ? "':'" : $"a model, {APart}");
                return;
            }
            if (Current.Mark != GpuToken.Word) Fail(APart);
            else if (IsModel(Current)) Fail($"{APart} (the model comes first: a100:2)");
            else ReadPart(_tokens[_next++], ref parts);
        }
    }

    private void ReadPart(GpuToken word, ref GpuParts parts)
    {
        if (parts.Read(word.Text) is { } problem) Problem = At(word, problem);
    }

    private decimal? ReadWeight()
    {
        const decimal least = 0.001m, most = 1000;
        var word = Current;
        if (word.Mark == GpuToken.Word
            && decimal.TryParse(word.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            && weight is >= least and <= most && decimal.Round(weight, 3) == weight)
        {
            _next++;
            return weight;
        }

        Problem = At(word, $"'{FaultText.Piece(word.Text)}' is no weight: 0.001 … 1000, with up to three decimals");
        return null;
    }

    /// <summary>Numbers of four digits may be models (<c>4090</c>); shorter ones never are.</summary>
    private bool IsModel(GpuToken token) => token.Mark == GpuToken.Word && !(token.Text.Length < 4 && GpuParts.IsCount(token.Text))
        && (models.Resolve(token.Text) is not null || IsCounted(token) || !GpuParts.IsMeant(token.Text));

    private bool IsUnknown(GpuToken token) => IsModel(token) && models.Resolve(token.Text) is null && !IsCounted(token);

    private static bool IsWord(GpuToken token, string word) =>
        token.Mark == GpuToken.Word && token.Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool Take(char mark)
    {
        if (Current.Mark != mark) return false;
        _next++;
        return true;
    }

    private void Fail(string expected) => Problem ??= At(Current, $"{expected} instead of '{FaultText.Piece(Current.Text)}'");

    private static string At(GpuToken token, string problem) =>
        string.Create(CultureInfo.InvariantCulture, $"at position {token.At} {problem}");
}
