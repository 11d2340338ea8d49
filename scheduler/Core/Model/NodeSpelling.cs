namespace GpuScheduler.Core.Model;

/// <summary>How what people call a machine compares with its name: without case, as host names do; the first part of a full name is
/// enough, and a full name does for a short one.</summary>
public static class NodeSpelling
{
    /// <summary>Up to the first dot.</summary>
    public static string FirstPart(string name) => name.Split('.', 2)[0];

    /// <summary>The machine may be meant. Two full names that differ are two machines, whatever their first parts.</summary>
    /// <param name="asked">What it is called.</param>
    /// <param name="name">Its name.</param>
    public static bool MayMean(string asked, string name) =>
        string.Equals(asked, name, StringComparison.OrdinalIgnoreCase)
        || ((!asked.Contains('.') || !name.Contains('.'))
            && string.Equals(FirstPart(asked), FirstPart(name), StringComparison.OrdinalIgnoreCase));
}
