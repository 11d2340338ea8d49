using System.Text;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>How much a submission says: what its user's quota of bytes counts.</summary>
internal static class TextSize
{
    /// <summary>Bytes of script, arguments and variables. Admission has bounded each of them, so the sum fits.</summary>
    public static int Of(JobDraft draft) => checked(
        Bytes(draft.Script) + draft.Command.Sum(Bytes) + draft.Environment.Sum(variable => Bytes(variable.Key) + Bytes(variable.Value)));

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
