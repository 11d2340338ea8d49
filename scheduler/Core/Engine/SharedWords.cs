using System.Collections.Immutable;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>
/// Equal words of different submissions, kept once: a user who submits a hundred thousand jobs names the same tier, memory and
/// folder in each, and each came over the wire as a string of its own.
/// </summary>
internal sealed class SharedWords
{
    private const int MostWords = 10_000;
    private const int LongestWord = 256;
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<SeldomGiven> _seldom = [];
    private readonly HashSet<CheckpointSpec> _checkpoints = [];
    private readonly HashSet<Surroundings> _surroundings = [];

    /// <summary>The same draft in less room.</summary>
    public JobDraft Share(JobDraft draft) => draft with
    {
        Name = Share(draft.Name),
        User = Share(draft.User),
        Project = Share(draft.Project),
        Tier = Share(draft.Tier),
        Gpus = Share(draft.Gpus),
        Memory = Share(draft.Memory),
        TimeLimit = Share(draft.TimeLimit),
        WorkingDirectory = Share(draft.WorkingDirectory),
        Seldom = Share(draft.Seldom),
        Checkpoint = draft.Checkpoint == CheckpointSpec.None ? CheckpointSpec.None : One(_checkpoints, draft.Checkpoint),
        Environment = draft.Environment.Count == 0 ? ImmutableDictionary<string, string>.Empty : draft.Environment,
        Command = draft.Command.Count == 0 ? [] : draft.Command.Select(Share).ToArray(),
    };

    /// <summary>The one string that stands for all its equals; long or rare ones stay as they are.</summary>
    public string Share(string word)
    {
        if (word.Length == 0) return "";
        if (word.Length > LongestWord) return word;
        return One(_words, word);
    }

    /// <summary>
    /// Jobs that differ in nothing but their command share all the rest. One with a script or a comment of its own shares its words.
    /// </summary>
    private SeldomGiven Share(SeldomGiven given)
    {
        if (ReferenceEquals(given, SeldomGiven.Nothing)) return given;
        var isShort = given.Script.Length <= LongestWord;
        if (isShort && _seldom.TryGetValue(given, out var known)) return known;
        var shared = given with
        {
            Deadline = Share(given.Deadline),
            NodeList = Share(given.NodeList),
            Exclude = Share(given.Exclude),
            Precision = Share(given.Precision),
            MinDriver = Share(given.MinDriver),
            MinCuda = Share(given.MinCuda),
            GpuShare = Share(given.GpuShare),
            GpuMemory = Share(given.GpuMemory),
            MemoryPerGpu = Share(given.MemoryPerGpu),
            Surroundings = given.Surroundings == Surroundings.Unknown ? Surroundings.Unknown : One(_surroundings, given.Surroundings),
        };
        return isShort ? One(_seldom, shared) : shared;
    }

    private static T One<T>(HashSet<T> all, T one)
        where T : class
    {
        if (all.TryGetValue(one, out var known)) return known;
        if (all.Count == MostWords) all.Clear();
        all.Add(one);
        return one;
    }
}
