namespace GpuScheduler.Core.Storage;

/// <summary>One time that a store was opened.</summary>
/// <param name="Mark">Random: two that went on from one backup differ.</param>
/// <param name="FirstCommit">The number of the first commit made under it, made or still to come.</param>
public readonly record struct OpeningMark(string Mark, long FirstCommit);
