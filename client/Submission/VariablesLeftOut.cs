namespace GpuScheduler.Client.Submission;

/// <summary>Names of variables that a job doesn't get although they say something.</summary>
/// <param name="Secret">They look secret.</param>
/// <param name="OfCards">They choose cards, which is the scheduler's business.</param>
internal sealed record VariablesLeftOut(IReadOnlyList<string> Secret, IReadOnlyList<string> OfCards)
{
    public static VariablesLeftOut None { get; } = new([], []);

    public VariablesLeftOut And(VariablesLeftOut others) =>
        new([.. Secret.Union(others.Secret)], [.. OfCards.Union(others.OfCards)]);
}
