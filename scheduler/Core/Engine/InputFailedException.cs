namespace GpuScheduler.Core.Engine;

/// <summary>A bug, met by one input of a step: the state is half changed and must be read anew. Says which input it was, so that
/// its caller alone is refused.</summary>
/// <param name="index">Place of the input among those of the step.</param>
/// <param name="cause">What was thrown.</param>
public sealed class InputFailedException(int index, Exception cause)
    : Exception($"input {index} of the step could not be taken: {cause.Message}", cause)
{
    /// <summary>Place of the input among those of the step.</summary>
    public int Index { get; } = index;
}
