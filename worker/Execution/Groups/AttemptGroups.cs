using System.Collections.Concurrent;
using System.ComponentModel;
using GpuScheduler.Worker.CommandLine;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution.Groups;

/// <summary>
/// Makes a control group for each attempt where this worker may, finds those of attempts that an earlier agent launched, and
/// removes them when they are empty. Where it may not, attempts have none, and session and environment must do.
/// </summary>
internal sealed partial class AttemptGroups : IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly string? _base;
    private readonly IReadOnlyList<string> _bases;
    private readonly bool _limitsMemory;
    private readonly ConcurrentQueue<AttemptGroup> _discarded = new();
    private readonly ITimer _sweep;
    private readonly ILogger<AttemptGroups> _logger;
    private int _refusals;

    /// <param name="choice">Whether to make any.</param>
    /// <param name="folder">The store's folder.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="limitMemory">Holds each attempt to the memory that its job asked for.</param>
    /// <exception cref="StartupException">Memory is to be limited, and can't be here.</exception>
    public AttemptGroups(
        CgroupChoice choice, bool limitMemory, string folder, string node, TimeProvider time, ILogger<AttemptGroups> logger)
    {
        _logger = logger;
        _base = choice == CgroupChoice.Auto ? Open(folder, node) : null;
        _limitsMemory = limitMemory;
        if (limitMemory && (_base is null || GroupFile.Read(Path.Combine(_base, GroupBase.Shelter), GroupFile.MemoryLimit) is null))
            throw new StartupException("--limit-memory needs a control group whose memory this worker may limit; "
                + $"allowed with --cgroup auto, cgroup v2, and a service with Delegate=yes and DelegateSubgroup={CgroupPlace.AgentGroup}");
        _bases = GroupHistory.Add(folder, _base);
        _sweep = time.CreateTimer(_ => RemoveDiscarded(), null, SweepInterval, SweepInterval);
    }

    /// <summary>At the start, before any store is known.</summary>
    /// <exception cref="StartupException">Memory is to be limited, and can't be here.</exception>
    public static void CheckLimit(WorkerOptions options, string folder, string node, TimeProvider time, ILoggerFactory logging)
    {
        if (!options.LimitMemory) return;
        new AttemptGroups(options.Groups, true, folder, node, time, logging.CreateLogger<AttemptGroups>()).Dispose();
    }

    /// <returns>Null where there are none, or this one can't be made: that is no reason to refuse the attempt.</returns>
    public AttemptGroup? Make(AttemptKey key, long memoryMib)
    {
        if (_base is null)
            return null;
        try
        {
            var group = At(_base, key);
            Directory.CreateDirectory(group.Path);
            if (_limitsMemory && memoryMib > 0)
                GroupFile.TryWrite(group.Path, GroupFile.MemoryLimit, $"{memoryMib << 20}");
            return group;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Increment(ref _refusals) == 1)
                LogNotMade(error, key.JobId, key.Attempt);
            return null;
        }
    }

    /// <summary>The group of an attempt that an earlier agent launched, perhaps from elsewhere in the tree.</summary>
    public AttemptGroup? Find(AttemptKey key) =>
        _bases.Where(place => Directory.Exists(At(place, key).Path)).Select(place => At(place, key)).FirstOrDefault();

    /// <summary>Before the first session: what an earlier agent left behind and no attempt of ours lives in any more.</summary>
    public void RemoveAbandoned(IReadOnlySet<AttemptKey> living)
    {
        foreach (var place in _bases)
        {
            foreach (var (path, key) in GroupBase.Attempts(place).Where(group => !living.Contains(group.Key)).ToList())
            {
                LogAbandoned(key.JobId, key.Attempt, path);
                Abandon(key);
            }

            if (place != _base)
                GroupBase.TryRemove(place);
        }
    }

    /// <summary>Kills what is in an attempt's group, and removes it.</summary>
    public void Abandon(AttemptKey key)
    {
        foreach (var group in _bases.Select(place => At(place, key)))
        {
            GroupFile.TryWrite(group.Path, GroupFile.Kill, "1");
            Discard(group);
        }
    }

    /// <summary>
    /// It is removed within a second. Its supervisor is in it for another instant, and the kernel lets only one at a time add or
    /// take away a group, so that ends of attempts would hold up launches.
    /// </summary>
    public void Discard(AttemptGroup group) => _discarded.Enqueue(group);

    public void Dispose()
    {
        _sweep.Dispose();
        RemoveDiscarded();
        foreach (var place in _bases)
            GroupBase.TryRemove(place);
    }

    private void RemoveDiscarded()
    {
        for (var left = _discarded.Count; left > 0 && _discarded.TryDequeue(out var group); left--)
        {
            if (!group.TryRemove())
                Discard(group);
        }
    }

    private string? Open(string folder, string node)
    {
        if (CgroupPlace.Find() is not { } place)
            return NotUsable("this machine has no cgroup v2 tree that shows this process");
        var path = GroupBase.PathIn(place, folder, node);
        try
        {
            if (GroupBase.Make(place, path) is { } why)
                return NotUsable(why);
            LogUsed(path);
            return path;
        }
        catch (Win32Exception error)
        {
            return NotUsable(error.Message);
        }
    }

    private string? NotUsable(string why)
    {
        LogNotUsed(why);
        return null;
    }

    private static AttemptGroup At(string place, AttemptKey key) =>
        new(Path.Combine(place, key.FolderName), Path.Combine(place, GroupBase.Shelter));
}
