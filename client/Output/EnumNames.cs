using System.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>Names of wire enums as people and programs read them: lower case.</summary>
internal static class EnumNames
{
    public static string Of(NodeState state) => Known(state, NodeState.Unspecified);

    public static string Of(DeviceState state) => Known(state, DeviceState.Unspecified);

    public static string Of(DeviceClass deviceClass) => Known(deviceClass, DeviceClass.Unspecified);

    public static string Of(EndCause cause) => Known(cause, EndCause.Unspecified);

    /// <summary>"OutOfMemory" with '_' between its words.</summary>
    public static string Words(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append(separator);

            text.Append(letter);
        }

        return text.ToString();
    }

    private static string Known<T>(T value, T unspecified)
        where T : struct, Enum =>
        Enum.IsDefined(value) && !value.Equals(unspecified) ? Words(value.ToString(), ' ').ToLowerInvariant() : "unknown";
}
