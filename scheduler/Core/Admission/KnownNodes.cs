using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Finds machines by what people call them: names compare without case, as host names do, and the first part of a full name
/// is enough, or a full name for a short one, where that is one machine alone.</summary>
public sealed class KnownNodes
{
    private const int Hints = 2;

    private readonly HashSet<string> _names;
    private readonly ILookup<string, string> _byName;
    private readonly ILookup<string, string> _byFirstPart;

    /// <param name="names">Of all nodes of the pool.</param>
    public KnownNodes(IEnumerable<string> names)
    {
        _names = names.ToHashSet(StringComparer.Ordinal);
        _byName = _names.ToLookup(name => name, StringComparer.OrdinalIgnoreCase);
        _byFirstPart = _names.ToLookup(NodeSpelling.FirstPart, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The machine's own spelling; null: there is none, or more than one, that may be meant.</summary>
    public string? Find(string name)
    {
        if (_names.Contains(name)) return name;
        return _byName.Contains(name)
            ? Only(_byName[name])
            : Only(_byFirstPart[NodeSpelling.FirstPart(name)].Where(known => NodeSpelling.MayMean(name, known)));
    }

    /// <summary>" (did you mean 'desk-7'?)", or nothing where no name is near.</summary>
    public string Hint(string name)
    {
        var near = _byFirstPart[NodeSpelling.FirstPart(name)].Order(StringComparer.Ordinal).Take(Hints).ToList();
        if (near.Count == 0) near = [.. Nearest.To(name, _names.Order(StringComparer.Ordinal), Hints)];
        if (near.Count == 0)
        {
            near = [.. Nearest.To(NodeSpelling.FirstPart(name), _byFirstPart.Select(same => same.Key).Order(StringComparer.Ordinal), Hints)
                .Select(part => _byFirstPart[part].Min(StringComparer.Ordinal)!)];
        }

        return near.Count == 0 ? "" : $" (did you mean {string.Join(" or ", near.Select(known => $"'{known}'"))}?)";
    }

    private static string? Only(IEnumerable<string> names) => names.Take(2).ToList() is [var one] ? one : null;
}
