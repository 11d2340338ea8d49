using GpuScheduler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace GpuScheduler.Host.PoolFile;

/// <summary>Gathers what is wrong with a file, each with its line.</summary>
internal sealed class YamlFaults(string file)
{
    private readonly List<(long Line, Fault Fault)> _all = [];

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<Fault> All => [.. _all.OrderBy(entry => entry.Line).Select(entry => entry.Fault)];

    public void Add(YamlNode where, string field, string value, string allowed) => Add(where.Start.Line, field, value, allowed);

    public void Add(long line, string field, string value, string allowed) =>
        _all.Add((line, new Fault($"{file}:{line}: {field}", value, allowed)));
}
