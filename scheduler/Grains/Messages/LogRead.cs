using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Messages;

/// <summary>Asks a worker for an attempt's output.</summary>
/// <param name="RequestId">Chosen by the caller; names the chunks that come back.</param>
/// <param name="Attempt">Whose output.</param>
/// <param name="StandardError">Standard error instead of standard output.</param>
/// <param name="Follow">Go on until the attempt has ended.</param>
/// <param name="TailLines">Only the last lines; 0: all.</param>
/// <param name="Offset">First byte wanted; used with <paramref name="TailLines"/> 0.</param>
[GenerateSerializer, Immutable, Alias("gpusched.LogRead")]
public sealed record LogRead(string RequestId, AttemptId Attempt, bool StandardError, bool Follow, int TailLines, long Offset);
