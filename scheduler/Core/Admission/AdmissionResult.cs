using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>What became of a draft: a specification with every default filled in, or everything that is wrong with it.</summary>
public abstract record AdmissionResult
{
    private AdmissionResult()
    {
    }

    /// <summary>The draft is sound.</summary>
    public sealed record Admitted(JobSpec Spec) : AdmissionResult;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Faults">At least one, in the order of the draft's fields: all of them at once.</param>
    public sealed record Refused(IReadOnlyList<Fault> Faults) : AdmissionResult;
}
