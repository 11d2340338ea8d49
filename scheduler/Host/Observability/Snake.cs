using System.Text;

namespace GpuScheduler.Host.Observability;

/// <summary>Names of enum members as metric labels: <c>OutOfMemory</c> becomes <c>out_of_memory</c>.</summary>
internal static class Snake
{
    public static string Case(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
