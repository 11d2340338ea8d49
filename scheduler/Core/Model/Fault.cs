namespace GpuScheduler.Core.Model;

/// <summary>One thing wrong with an input.</summary>
/// <param name="Field">The user's name of it, such as <c>gpus</c> or <c>jobs[3].memory</c>.</param>
/// <param name="Value">What was given, cut to 80 characters.</param>
/// <param name="Allowed">What would be accepted.</param>
public sealed record Fault(string Field, string Value, string Allowed)
{
    /// <summary>One line for people: <c>gpus: 'z100': unknown model; did you mean 'a100'?</c></summary>
    public override string ToString() => $"{Field}: '{Value}': {Allowed}";
}
