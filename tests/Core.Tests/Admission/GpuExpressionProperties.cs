using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing;

namespace GpuScheduler.Core.Tests.Admission;

/// <summary>What holds for every GPU expression, whoever writes it.</summary>
public sealed class GpuExpressionProperties
{
    private static readonly KnownModels Models = new(DeviceCatalog.BuiltIn, ["NVIDIA Something New X9"]);

    private static Gen<CardNeeds> AnyNeeds =>
        from least in Gen.Elements<int?>(null, 70, 80, 86)
        from most in Gen.Elements<int?>(null, 86, 90, 120)
        from ecc in Gen.Elements(true, false)
        from precision in Gen.Elements(Enum.GetValues<Precision>().Cast<Precision?>().Append(null))
        from driver in Gen.Elements<DottedVersion?>(null, new DottedVersion(535), new DottedVersion(550, 54, 15))
        from cuda in Gen.Elements<DottedVersion?>(null, new DottedVersion(12, 4))
        select new CardNeeds
        {
            MinCapability = least, MaxCapability = most, Ecc = ecc, Precision = precision, MinDriver = driver, MinCuda = cuda,
        };

    [Fact]
    public void Writing_and_reading_again_changes_nothing()
    {
        var keys = DeviceCatalog.BuiltIn.Keys.Prepend(null);
        var memory = Gen.Choose(0, 200_000).Select(min => min < 50_000 ? 0L : min);
        var alternative =
            from model in Gen.Elements(keys)
            from count in Gen.Choose(1, GpuExpression.MaxCount)
            from min in memory
            from extra in Gen.Choose(0, 100_000)
            from bounded in Gen.Elements(true, false)
            from needs in AnyNeeds
            from mig in Gen.Elements(null, null, "mig", "1g.10gb", "3g.40gb+me")
            select new GpuAlternative(model, count, min, bounded ? min + extra + 1 : null) { Needs = needs, Mig = mig };
        var requests =
            from size in Gen.Choose(1, GpuExpression.MaxAlternatives)
            from alternatives in Gen.ArrayOf(alternative, size)
            from ordered in Gen.Elements(true, false)
            from weighted in Gen.Elements(true, false)
            select new GpuRequest(
                [.. alternatives.Select((one, i) => ordered && weighted ? one with { Weight = 1 + (i % 3 / 2m) } : one).Distinct()],
                ordered);

        Prop.ForAll(requests.ToArbitrary(), request =>
        {
            Assert.True(
                GpuExpression.TryParse(GpuExpression.Format(request), "gpus", Models, out var again, out var fault), fault?.ToString());
            Assert.Equal(request.Ordered, again!.Ordered);
            Assert.Equal(request.Alternatives, again.Alternatives);
        }).Holds();
    }

    [Fact]
    public void Any_text_is_read_or_refused_and_never_throws()
    {
        var pieces = Gen.Elements(
            "a100", "h100", "any", "gpu", "2", "999", "24GB", "..", ":", ",", "[", "]", " ", "-", "4090", "%", "é", "\0", "@", "cc", ">=",
            "<", "8.0", "ecc", "bf16", "1g.10gb", "mig");
        var texts = Gen.ListOf(pieces).Select(string.Concat);

        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var read = GpuExpression.TryParse(text, "gpus", Models, out var request, out var fault);
            if (!read) Faults.AssertNames("gpus", fault);
            else if (request is not null)
                Assert.All(request.Alternatives, alternative => Assert.InRange(alternative.Count, 1, GpuExpression.MaxCount));
        }).Holds();
    }
}
