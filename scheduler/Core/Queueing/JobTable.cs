using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>Who is in the pool: live jobs by id, arrays by number, and how ended ones ended.</summary>
internal sealed class JobTable(IHeadCount heads)
{
    private readonly LiveJobs _live = new();
    private readonly EndedJobs _ended = new();

    /// <summary>Jobs that have not ended, in no particular order.</summary>
    public IReadOnlyCollection<Job> Live => _live;

    /// <inheritdoc cref="LiveJobs.Behind"/>
    public IReadOnlyList<Job> Behind(JobId? after, Func<Job, bool> wanted, int most) => _live.Behind(after, wanted, most);

    /// <summary>How many of them each tier has in each state.</summary>
    public Census Census { get; } = new();

    public Job? Find(JobId id) => _live.Find(id);

    /// <summary>How a job ended; null when it has not, or never was.</summary>
    public JobState? EndOf(JobId id) => _ended[id];

    /// <summary>The array of a number; null when the number names no array.</summary>
    public ArrayTally? ArrayOf(long number) => _live.Arrays.GetValueOrDefault(number);

    public void Add(Job job)
    {
        if (job.Id.IsElement) TallyOf(job.Id.Number);
        _live.Add(job);
        Census.Add(job);
        heads.Admit(job);
    }

    /// <summary>A live job has ended.</summary>
    public void End(Job job)
    {
        _live.Remove(job);
        heads.Leave(job);
        AddEnded(job.Id, job.State);
    }

    /// <summary>A job that ended in an earlier life of the scheduler.</summary>
    public void AddEnded(JobId id, JobState state)
    {
        _ended.Add(id, state);
        if (!id.IsElement) return;
        var tally = TallyOf(id.Number);
        if (state == JobState.Completed) tally.EndedWell++;
        else tally.EndedBadly++;
    }

    /// <summary>An ended job lives again.</summary>
    public void Revive(Job job)
    {
        if (_ended[job.Id] is not { } state) throw new InvalidOperationException($"job {job.Id} has not ended");
        _ended.Remove(job.Id);
        if (job.Id.IsElement && state == JobState.Completed) TallyOf(job.Id.Number).EndedWell--;
        else if (job.Id.IsElement) TallyOf(job.Id.Number).EndedBadly--;
        Add(job);
    }

    /// <summary>Every job that an id means, sorted: an array's number alone means all its elements.</summary>
    public IReadOnlyList<JobId> Expand(JobId id)
    {
        if (id.IsElement || ArrayOf(id.Number) is not { } array) return Find(id) is null && EndOf(id) is null ? [] : [id];
        return [.. array.Live.Keys.Concat(_ended.ElementsOf(id.Number).Keys).Order().Select(index => new JobId(id.Number, index))];
    }

    /// <summary>Elements of an array that have ended, by index; empty when the number names no array.</summary>
    public IReadOnlyDictionary<int, JobState> EndedElementsOf(long number) => _ended.ElementsOf(number);

    private ArrayTally TallyOf(long number)
    {
        if (!_live.Arrays.TryGetValue(number, out var tally)) _live.Arrays[number] = tally = new ArrayTally();
        return tally;
    }
}

/// <summary>Counts jobs that have not ended.</summary>
internal interface IHeadCount
{
    void Admit(Job job);

    void Leave(Job job);
}

/// <summary>Where an array stands as a whole, so that its elements need not be walked.</summary>
internal sealed class ArrayTally
{
    /// <summary>Elements that have not ended, by index.</summary>
    public Dictionary<int, Job> Live { get; } = [];

    /// <summary>Elements that completed.</summary>
    public int EndedWell { get; set; }

    /// <summary>Elements that ended in any other way.</summary>
    public int EndedBadly { get; set; }
}
