using GpuScheduler.Common.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>What people did to a job or a machine, one a line, oldest first.</summary>
internal static class ActLines
{
    public static IEnumerable<string> Of(IEnumerable<Act> acts, Moments moments) => acts.Select(act => Line(act, moments));

    public static string Verb(ActKind kind) => kind switch
    {
        ActKind.Cancelled => "cancelled",
        ActKind.Held => "held",
        ActKind.Released => "released",
        ActKind.Requeued => "requeued",
        ActKind.Drained => "drained",
        ActKind.Resumed => "resumed",
        _ => "changed",
    };

    private static string Line(Act act, Moments moments)
    {
        var card = act.CardUuid.Length > 0 ? $" {act.CardUuid}" : "";
        var who = act.User.Length > 0 ? $" by {act.User}" : "";
        var why = act.Reason.Length > 0 ? $": {act.Reason}" : "";
        return PlainText.OneLine($"{moments.Text(act.Time)}  {Verb(act.Kind)}{card}{who}{why}");
    }
}
