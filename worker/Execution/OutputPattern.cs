using System.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>File names with Slurm's fields: %j job, %A array, %a index, %x name, %u user, %N node, %% percent sign.</summary>
internal static class OutputPattern
{
    /// <summary>Bytes that a file's name may have on Linux.</summary>
    private const int LongestName = 255;

    /// <summary>An unknown field stays as it was written: the scheduler has refused those the user should hear about.</summary>
    public static string Expand(string pattern, Dispatch dispatch, string node) =>
        string.Join('/', pattern.Split('/').Select(part => ExpandName(part, dispatch, node)));

    /// <summary>A job's name may be longer than a file's: then so much of it is left out at its end as doesn't fit.</summary>
    private static string ExpandName(string pattern, Dispatch dispatch, string node)
    {
        var name = FileName(dispatch.Spec.Name);
        var result = Fill(pattern, dispatch, name, node);
        while (Encoding.UTF8.GetByteCount(result) > LongestName && name.Length > 1)
        {
            var shorter = name[..(char.IsLowSurrogate(name[^1]) ? ^2 : ^1)];
            var again = Fill(pattern, dispatch, shorter, node);
            if (again == result)
                return result;
            (name, result) = (shorter, again);
        }

        return result;
    }

    private static string Fill(string pattern, Dispatch dispatch, string name, string node)
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '%' && i + 1 < pattern.Length)
                result.Append(Field(pattern[++i], dispatch, name, node));
            else
                result.Append(pattern[i]);
        }

        return result.ToString();
    }

    private static string Field(char field, Dispatch dispatch, string name, string node) => field switch
    {
        'j' => dispatch.JobId,
        'A' => dispatch.ArrayId.Length > 0 ? dispatch.ArrayId : dispatch.JobId,
        'a' => dispatch.HasArrayIndex ? dispatch.ArrayIndex.ToString() : "0",
        'x' => name,
        'u' => FileName(dispatch.Spec.User),
        'N' => FileName(node),
        '%' => "%",
        _ => $"%{field}",
    };

    /// <summary>A job called "../x" must not write elsewhere.</summary>
    private static string FileName(string value) => value.Replace('/', '_').Replace('\0', '_');
}
