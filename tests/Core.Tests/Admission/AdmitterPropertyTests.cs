using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing;
using static GpuScheduler.Core.Tests.Admission.Drafts;

namespace GpuScheduler.Core.Tests.Admission;

/// <summary>Whatever arrives: an answer, never an exception; and what is admitted keeps every bound.</summary>
public sealed class AdmitterPropertyTests
{
    /// <summary>Sound and broken texts of every kind, so that each field gets its own and the others'.</summary>
    private static readonly string[] Texts =
    [
        "", " ", "1", "2", "0", "-1", "999", "a100:2", "A100,H100:40GB..:2", "[h100, rtx4090:2]", "24GB..48GB", "z100", "16G", "1.5T",
        "-5G", "90", "1-12:30",
        "2h", "UNLIMITED", "0-99%8", "1,3,5-9:2", "0-99999999", "afterok:12", "afterok:1?after:2", "lab-[1-4]", "lab-[", "/data/run", "run",
        "%j.out", "%q",
        "training", "validation", "preprocessing", "trainin", "USR1", "9", "#!/bin/sh\ntrue", "echo", "a\0b", "\u001b[31m", "é", "\ud800",
        "Ω", "\r\n",
    ];

    private static readonly Gen<string> Text = Gen.OneOf(Gen.Elements(Texts), Gen.ListOf(Gen.Elements(Texts)).Select(string.Concat));

    private static readonly Gen<JobDraft> Draft =
        from texts in Gen.ArrayOf(Text, 16)
        from command in Gen.ListOf(Text)
        from environment in Gen.ListOf(Text)
        from cpus in Gen.Choose(-2, 5000)
        from retries in Gen.Choose(-2, 1002)
        from seconds in Gen.Choose(-5, 100_000)
        from plain in Gen.Choose(0, 0xFFFF)
        let keep = (Func<int, string>)(i => (plain >> i & 1) == 0 ? texts[i] : "")
        select new JobDraft
        {
            Name = keep(0), User = (plain & 2) == 0 ? texts[1] : "ada", Project = keep(2), Tier = keep(3), Gpus = keep(4),
            Cpus = Math.Max(cpus, -1),
            Memory = keep(5), TimeLimit = keep(6), Retries = retries < 0 ? null : retries, Grace = TimeSpan.FromSeconds(seconds),
            Checkpoint = new((plain & 1) == 1, keep(7), keep(8)), WorkingDirectory = keep(9), Command = [.. command], Script = keep(10),
            Array = keep(11), Dependency = keep(12), Output = keep(13), NodeList = keep(14), Exclude = keep(15),
            Environment = environment.Distinct().ToDictionary(name => name, name => name),
        };

    [Fact]
    public void Every_draft_gets_an_answer() => Prop.ForAll(Draft.ToArbitrary(), draft =>
    {
        switch (Shipped.Admit(draft, "jobs[7]."))
        {
            case AdmissionResult.Admitted admitted:
                AssertWithinBounds(admitted.Spec);
                break;
            case AdmissionResult.Refused refused:
                Assert.NotEmpty(refused.Faults);
                Assert.All(refused.Faults, fault => Faults.AssertNames(fault.Field, fault));
                Assert.All(refused.Faults, fault => Assert.StartsWith("jobs[7].", fault.Field, StringComparison.Ordinal));
                break;
        }
    }).Holds();

    [Fact]
    public void The_answer_depends_on_the_draft_alone() => Prop.ForAll(Draft.ToArbitrary(), draft =>
        Assert.Equal(Answer(draft), Answer(draft with { }))).Holds();

    private static string Answer(JobDraft draft) => Shipped.Admit(draft) switch
    {
        AdmissionResult.Refused refused => string.Join('\n', refused.Faults),
        AdmissionResult.Admitted admitted => $"{admitted.Spec.Tier} {admitted.Spec.Request.CpuCores} {admitted.Spec.Request.MemoryMib}",
        _ => "?",
    };

    private static void AssertWithinBounds(JobSpec spec)
    {
        Assert.InRange(spec.Request.CpuCores, 1, 5000);
        Assert.InRange(spec.Request.MemoryMib, 1, 1L << 30);
        Assert.InRange(spec.Retries, 0, 1000);
        Assert.InRange(spec.Grace, TimeSpan.Zero, TimeSpan.FromHours(24));
        Assert.NotEmpty(spec.Name);
        Assert.NotEmpty(spec.Tier);
        if (spec.Request.Gpu is { } gpu) Assert.All(gpu.Alternatives, alternative => Assert.InRange(alternative.Count, 1, 64));
        if (spec.Array is { } array) Assert.InRange(array.Indexes.Count, 1, 100_000);
    }
}
