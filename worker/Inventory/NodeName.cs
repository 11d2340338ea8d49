namespace GpuScheduler.Worker.Inventory;

/// <summary>A node's name: it appears in host lists, file names and environment variables.</summary>
internal static class NodeName
{
    public const string Allowed = "1 to 64 letters, digits, '-', '_' or '.', beginning with a letter or digit";

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
