namespace GpuScheduler.Core.Model;

/// <summary>One thing wrong with an input. Whatever the user wrote, it fits one line of a terminal.</summary>
/// <param name="Field">The user's name of it, such as <c>gpus</c> or <c>jobs[3].memory</c>.</param>
/// <param name="Value">What was given; cut to 80 characters.</param>
/// <param name="Allowed">What would be accepted; cut to 500 characters.</param>
public sealed record Fault(string Field, string Value, string Allowed)
{
    private const int LongestField = 400;
    private const int LongestValue = 80;
    private const int LongestAllowed = 500;

    /// <summary>The user's name of it.</summary>
    public string Field { get; } = ShownText.Of(Field, LongestField);

    /// <summary>What was given.</summary>
    public string Value { get; } = ShownText.Of(Value, LongestValue);

    /// <summary>What would be accepted.</summary>
    public string Allowed { get; } = ShownText.Of(Allowed, LongestAllowed);

    /// <summary>One line for people: <c>gpus: 'z100': unknown model; did you mean 'a100'?</c></summary>
    public override string ToString() => $"{Field}: '{Value}': {Allowed}";
}
