namespace GpuScheduler.Storage.Sqlite;

/// <summary>The rules that a pool follows, as a person wrote them.</summary>
/// <param name="File">Where they were read from; empty: the shipped rules are in force.</param>
/// <param name="Text">The file's text at that time; empty with the shipped rules.</param>
public sealed record StoredRules(string File, string Text);
