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
        Deadline = Share(draft.Deadline),
        WorkingDirectory = Share(draft.WorkingDirectory),
        NodeList = Share(draft.NodeList),
        Exclude = Share(draft.Exclude),
        Precision = Share(draft.Precision),
        MinDriver = Share(draft.MinDriver),
        MinCuda = Share(draft.MinCuda),
        GpuShare = Share(draft.GpuShare),
        GpuMemory = Share(draft.GpuMemory),
        MemoryPerGpu = Share(draft.MemoryPerGpu),
        Checkpoint = draft.Checkpoint == CheckpointSpec.None ? CheckpointSpec.None : draft.Checkpoint,
        Environment = draft.Environment.Count == 0 ? ImmutableDictionary<string, string>.Empty : draft.Environment,
        Command = draft.Command.Count == 0 ? [] : draft.Command.Select(Share).ToArray(),
    };

    /// <summary>The one string that stands for all its equals; long or rare ones stay as they are.</summary>
    public string Share(string word)
    {
        if (word.Length == 0) return "";
        if (word.Length > LongestWord) return word;
        if (_words.TryGetValue(word, out var known)) return known;
        if (_words.Count == MostWords) _words.Clear();
        _words.Add(word);
        return word;
    }
}
