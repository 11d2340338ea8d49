using System.Globalization;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Reads the wish for a part of a card: <c>--gpu-share 250m</c> or <c>0.25</c>, and <c>--gpu-mem 6GB</c> of its memory.</summary>
internal static class ShareWish
{
    private const string Allowed = "1m … 1000m, or 0.001 … 1: thousandths of one card";

    /// <summary>Who asks for a part and names no card means a part of any.</summary>
    public static string GpusOf(JobDraft draft) => IsEmpty(draft.Gpus) && !IsEmpty(draft.GpuShare) ? "1" : draft.Gpus;

    /// <summary>The request with the part; a whole card stays one. Adds what is wrong to <paramref name="faults"/>.</summary>
    public static GpuRequest? Apply(JobDraft draft, GpuRequest? gpu, FaultList faults)
    {
        var before = faults.All.Count;
        var milli = ReadMilli(draft.GpuShare, faults);
        var memory = ReadMemory(draft.GpuMemory, faults);
        faults.Require(memory == 0 || milli < DeviceShare.Whole, "gpu-mem", draft.GpuMemory,
            "only with a --gpu-share below 1; for whole cards say it in --gpus, such as 24GB..");
        if (gpu is null || milli == DeviceShare.Whole || faults.All.Count > before) return gpu;
        faults.Require(
            gpu.Alternatives.All(one => one.Count == 1), "gpu-share", draft.GpuShare,
            "a part of one card: a count of 1 in --gpus, or none");
        faults.Require(
            gpu.Alternatives.All(one => one.Mig is null), "gpu-share", draft.GpuShare, "a part of a whole card, not of a MIG slice");
        faults.Require(draft.NodeCount <= 1, "gpu-share", draft.GpuShare, "a part of one card: only with a single node");
        return gpu with
        {
            Alternatives = [.. gpu.Alternatives.Select(one => one with { MinMemoryMib = Math.Max(one.MinMemoryMib, memory) }).Distinct()],
            Share = new CardShare(milli, memory),
        };
    }

    private static int ReadMilli(string text, FaultList faults)
    {
        if (IsEmpty(text)) return DeviceShare.Whole;
        var number = text.Trim();
        var thousandths = number.EndsWith('m') || number.EndsWith('M');
        if (decimal.TryParse(
            thousandths ? number[..^1] : number, thousandths ? NumberStyles.None : NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= DeviceShare.Whole)
        {
            var milli = thousandths ? value : value * DeviceShare.Whole;
            if (milli is >= 1 and <= DeviceShare.Whole && decimal.Truncate(milli) == milli) return (int)milli;
        }

        faults.Add("gpu-share", text, Allowed);
        return DeviceShare.Whole;
    }

    private static long ReadMemory(string text, FaultList faults)
    {
        if (IsEmpty(text)) return 0;
        MemorySize.TryParse(text, "gpu-mem", out var mib, out var fault);
        faults.Add(fault);
        return fault is null ? mib : 0;
    }

    private static bool IsEmpty(string text) => text.Trim().Length == 0;
}
