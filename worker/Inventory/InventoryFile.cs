using GpuScheduler.Common;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GpuScheduler.Worker.Inventory;

/// <summary>Reads a declared inventory (--inventory FILE), refusing whatever isn't exactly one.</summary>
internal static class InventoryFile
{
    /// <summary>An inventory of a thousand devices has some 100 KiB.</summary>
    private const int LargestBytes = 1 << 20;

    /// <exception cref="StartupException">The file, or something in it, isn't usable; the message says where and what is
    /// allowed.</exception>
    public static NodeInventory Read(string path)
    {
        RequireFile(path);
        try
        {
            using var text = new StringReader(NamedFile.ReadText(path, LargestBytes));
            var yaml = new YamlStream();
            yaml.Load(text);
            return yaml.Documents is [var only]
                ? Read(path, only)
                : throw new StartupException($"{path}: {yaml.Documents.Count} YAML documents; allowed: exactly one");
        }
        catch (YamlException error)
        {
            throw new StartupException($"{path}:{error.Start.Line}: not valid YAML: {error.Message}; allowed: node, cpu, devices, labels");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"--inventory '{path}' can't be read: {error.Message}; allowed: a readable YAML file");
        }
    }

    private static NodeInventory Read(string path, YamlDocument document)
    {
        var faults = new InventoryFaults();
        var inventory = InventoryReader.Read(new(path, document.RootNode, faults));
        return faults.Any ? throw new StartupException($"{faults}") : inventory;
    }

    private static void RequireFile(string path)
    {
        if (Directory.Exists(path))
            throw new StartupException($"--inventory '{path}' is a directory; allowed: a YAML file");
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new StartupException($"--inventory '{path}' doesn't exist; allowed: a readable YAML file");
        if (file.Length > LargestBytes)
            throw new StartupException($"--inventory '{path}' has {file.Length} bytes; allowed: at most {LargestBytes}");
    }
}
