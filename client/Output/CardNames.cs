using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>Card models in few words: the maker's name says nothing in a column of cards.</summary>
internal static class CardNames
{
    private static readonly string[] Noise = ["NVIDIA ", "AMD ", "Intel ", "GeForce ", "Radeon "];

    public static string Short(string model)
    {
        foreach (var word in Noise)
        {
            if (model.Length > word.Length && model.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                model = model[word.Length..];
        }

        return model;
    }

    /// <summary>A part of a card says which: "A100-SXM4-80GB 1g.10gb".</summary>
    public static string Of(Device device) =>
        device.MigProfile.Length > 0 ? $"{Short(device.Model)} {device.MigProfile}" : Short(device.Model);

    /// <summary>"A100-SXM4-80GB", or "RTX 4090,RTX 3080" for a mixed set.</summary>
    public static string List(IEnumerable<string> models) => string.Join(',', models.Select(Short).Distinct());
}
