using System.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>File names with Slurm's fields: %j job, %A array, %a index, %x name, %u user, %N node, %% percent sign.</summary>
internal static class OutputPattern
{
    /// <summary>An unknown field stays as it was written: the scheduler has refused those the user should hear about.</summary>
    public static string Expand(string pattern, Dispatch dispatch, string node)
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '%' && i + 1 < pattern.Length)
                result.Append(Field(pattern[++i], dispatch, node));
            else
                result.Append(pattern[i]);
        }

        return result.ToString();
    }

    private static string Field(char field, Dispatch dispatch, string node) => field switch
    {
        'j' => dispatch.JobId,
        'A' => dispatch.ArrayId.Length > 0 ? dispatch.ArrayId : dispatch.JobId,
        'a' => dispatch.HasArrayIndex ? dispatch.ArrayIndex.ToString() : "0",
        'x' => FileName(dispatch.Spec.Name),
        'u' => FileName(dispatch.Spec.User),
        'N' => FileName(node),
        '%' => "%",
        _ => $"%{field}",
    };

    /// <summary>A job called "../x" must not write elsewhere.</summary>
    private static string FileName(string value) => value.Replace('/', '_').Replace('\0', '_');
}
