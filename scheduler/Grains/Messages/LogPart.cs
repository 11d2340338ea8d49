
namespace GpuScheduler.Grains.Messages;

/// <summary>A piece of an attempt's output.</summary>
/// <param name="RequestId">Of the <see cref="LogRead"/> that it answers.</param>
/// <param name="Data">May be empty.</param>
/// <param name="Offset">Where in the file <paramref name="Data"/> begins, in bytes.</param>
/// <param name="End">Nothing more comes.</param>
/// <param name="Error">Not empty: the log could not be read, and why.</param>
/// <param name="NodeLeft">With an error: the log is there, but its node is away.</param>
/// <param name="Remark">Not empty: what who reads should know; no part of the output.</param>
[GenerateSerializer, Immutable, Alias("gpusched.LogPart")]
public sealed record LogPart(
    string RequestId, ReadOnlyMemory<byte> Data, long Offset, bool End, string Error, bool NodeLeft = false, string Remark = "");
