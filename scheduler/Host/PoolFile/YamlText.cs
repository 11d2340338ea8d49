using YamlDotNet.RepresentationModel;

namespace GpuScheduler.Host.PoolFile;

/// <summary>A node on one line, about as its author wrote it: <c>[a, b]</c>, <c>{ from: 22 }</c>.</summary>
internal static class YamlText
{
    /// <summary>A fault shows 80 characters; anchors may nest without end.</summary>
    private const int Deepest = 3;

    private const int MostItems = 8;

    public static string Of(YamlNode node) => Of(node, Deepest);

    private static string Of(YamlNode node, int depth) => node switch
    {
        YamlScalarNode scalar => scalar.Value ?? "",
        _ when depth == 0 => "…",
        YamlSequenceNode list => $"[{Joined(list.Children.Count, list.Children.Select(item => Of(item, depth - 1)))}]",
        YamlMappingNode mapping =>
            $"{{ {Joined(mapping.Children.Count, mapping.Children.Select(pair => $"{Of(pair.Key, 1)}: {Of(pair.Value, depth - 1)}"))} }}",
        _ => "",
    };

    private static string Joined(int count, IEnumerable<string> items) =>
        string.Join(", ", items.Take(MostItems)) + (count > MostItems ? ", …" : "");
}
