using GpuScheduler.Core.Model;
using GpuScheduler.Host.PoolFile;
using GpuScheduler.Simulation.Input;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GpuScheduler.Simulation.Pools;

/// <summary>Machines: a worker's inventory for each, one YAML document after the other (<c>---</c>). <c>copies: 8</c> stands for eight
/// such machines, <c>count: 4</c> beside a model for four such cards; then names and uuids are made up.</summary>
internal static class NodesFile
{
    private const int MostCopies = 10_000;

    /// <exception cref="InputException">It can't be read, or something in it isn't usable; the message has every fault.</exception>
    public static IReadOnlyList<SimulatedNode> Read(string file)
    {
        var faults = new YamlFaults(file);
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(File.ReadAllText(file)));
            List<SimulatedNode> nodes = [.. yaml.Documents.SelectMany(document => Machines(YamlSection.Of(document.RootNode, "", faults)))];
            if (faults.All.Count > 0)
                throw new InputException(string.Join('\n', faults.All));

            return nodes.GroupBy(node => node.Id).FirstOrDefault(same => same.Count() > 1) is { } twice
                ? throw new InputException($"{file}: node: '{twice.Key}': every name once")
                : nodes;
        }
        catch (YamlException broken)
        {
            throw new InputException(
                $"{file}:{broken.Start.Line}: not well-formed YAML: {broken.InnerException?.Message ?? broken.Message}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: can't be read: {failure.Message}");
        }
    }

    private static IEnumerable<SimulatedNode> Machines(YamlSection section)
    {
        var name = section.Name("node", null);
        var copies = section.Number("copies", 1, 1, MostCopies);
        var (cores, memory, reserved) = section.Section("cpu", Cpu, (1, 1024L, 0));
        var cards = section.List("devices", Card) ?? [];
        section.RefuseOthers();
        return Enumerable.Range(1, copies).Select(copy =>
        {
            var id = copies == 1 ? name : $"{name}-{copy}";
            return new SimulatedNode(
                new(id),
                new(cores, memory, reserved, [.. cards.SelectMany(card => card).Select((card, index) => Named(card, id, index, copies))]));
        });
    }

    private static (int Cores, long Memory, int Reserved) Cpu(YamlSection section)
    {
        var cores = section.Number("cores", 1, 1, 100_000);
        var cpu = (cores, section.Memory("memory", 1024), section.Number("reservedCores", 0, 0, cores));
        section.RefuseOthers();
        return cpu;
    }

    private static IEnumerable<AnnouncedDevice> Card(YamlSection section)
    {
        var uuid = section.Text("uuid", "", "a uuid");
        var count = section.Number("count", 1, 1, 1024);
        var card = new AnnouncedDevice(uuid, section.Text("model", null, "the model's name"), section.Memory("memory", 1024), null);
        section.RefuseOthers();
        if (count > 1 && uuid.Length > 0)
            section.Refuse("uuid", uuid, "nothing, since count is more than 1");

        return Enumerable.Repeat(card, count);
    }

    private static AnnouncedDevice Named(AnnouncedDevice card, string node, int index, int copies) =>
        card.Uuid.Length > 0 && copies == 1 ? card : card with { Uuid = $"GPU-{node}-{index}" };
}
