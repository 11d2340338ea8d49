namespace GpuScheduler.Client.Parsing;

/// <summary>A verb as the overview lists it. The command behind it is built only when it is the one called: start-up time
/// is most of what a short command costs.</summary>
internal sealed record Verb(string Name, string Summary, Func<ClientCommand> Create);

/// <summary>Verbs that belong together in the overview.</summary>
internal sealed record VerbGroup(string Title, IReadOnlyList<Verb> Verbs);
