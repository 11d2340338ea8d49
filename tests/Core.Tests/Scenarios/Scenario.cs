using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Scenarios;

/// <summary>Plays one scenario file (README.md here tells the language) and collects every expectation that doesn't hold.</summary>
internal sealed class Scenario
{
    private readonly TestPool _pool = new();
    private readonly Dictionary<string, JobId> _jobs = [];
    private readonly Dictionary<string, Machine> _machines = [];
    private readonly List<string> _faults = [];

    /// <summary>What did not turn out as written, with line numbers; empty: all did.</summary>
    public static IReadOnlyList<string> Play(string text)
    {
        var scenario = new Scenario();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length > 0 && line[0] != '#') scenario.Play(line, i + 1);
        }

        return scenario._faults;
    }

    private void Play(string line, int number)
    {
        var (verb, rest) = Cut(line, ' ');
        try
        {
            Do(verb, rest, number);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException)
        {
            _faults.Add($"line {number}: '{line}': {e.Message}");
        }
    }

    private void Do(string verb, string rest, int number)
    {
        switch (verb)
        {
            case "node": Join(rest); break;
            case "leave": _pool.Leave(rest); break;
            case "return": _pool.Join(_machines[rest], Held(rest)); break;
            case "submit": Submit(rest); break;
            case "start": _pool.Start(_jobs[rest]); break;
            case "save": Save(rest); break;
            case "exit": Exit(rest); break;
            case "cancel": _pool.Step(new PoolInput.Cancel([$"{_jobs[rest]}"], "ann", "")); break;
            case "hold": _pool.Step(new PoolInput.Hold([$"{_jobs[rest]}"], "ann")); break;
            case "release": _pool.Step(new PoolInput.Release([$"{_jobs[rest]}"], "ann")); break;
            case "stopped": _pool.End(_jobs[rest], _pool[_jobs[rest]].Attempt!.StopCause!.Value); break;
            case "drain": Drain(rest); break;
            case "resume": _pool.Step(new PoolInput.Resume(rest, "root")); break;
            case "read": Read(rest); break;
            case "fail": _pool.End(_jobs[rest], EndCause.LaunchFailed); break;
            case "rules": Rules(rest); break;
            case "after": _pool.After(ScenarioWords.Span(rest)); break;
            case "expect": Expect(rest, number); break;
            default: throw new FormatException($"no such verb: {verb}");
        }
    }

    private void Join(string rest)
    {
        var machine = ScenarioWords.Machine(rest);
        _machines[machine.Name] = machine;
        if (_pool.Join(machine, []) is PoolReply.Rejected rejected) throw new FormatException(string.Join("; ", rejected.Faults));
    }

    /// <summary>A machine that returns still runs what it was given.</summary>
    private List<HeldAttempt> Held(string node) =>
        [.. _pool.Store.Attempts.Values.Where(
            attempt => attempt.Allocation.RankOf(new NodeId(node)) >= 0 && attempt.EndCause is null or EndCause.NodeLost)
            .Select(attempt => new HeldAttempt(attempt.Id, true))];

    /// <summary><c>lab: GPU-lab-0 80C</c>, <c>lab: GPU-lab-0 2 faults</c>.</summary>
    private void Read(string rest)
    {
        var (node, what) = Cut(rest, ':');
        var words = what.Split(' ');
        var reading = words is [var card, var number, "faults"]
            ? new CardReading(card, null, Number(number))
            : new CardReading(words[0], Number(words[1].TrimEnd('C')), 0);
        _pool.Step(new PoolInput.CardsRead(new NodeId(node), _pool.State.FindNode(new NodeId(node))!.Session!, [reading]));
    }

    private void Rules(string rest)
    {
        if (_pool.Step(new PoolInput.Reload(ScenarioRules.With(_pool.State.Config, rest))).Replies[0] is PoolReply.Rejected rejected)
            throw new FormatException(string.Join("; ", rejected.Faults));
    }

    private void Submit(string rest)
    {
        var (name, flags) = Cut(rest, ':');
        var id = _jobs[name] = _pool.Submit(ScenarioWords.Draft(flags, other => $"{_jobs[other]}"));
        foreach (var element in _pool.State.Jobs.Where(job => job.Id.Number == id.Number && job.Id.IsElement))
            _jobs[$"{name}_{element.Id.Index}"] = element.Id;
    }

    private void Save(string rest)
    {
        var (name, step) = Cut(rest, ' ');
        _pool.Save(_jobs[name], long.Parse(step, System.Globalization.CultureInfo.InvariantCulture));
    }

    private void Exit(string rest)
    {
        var (name, code) = Cut(rest, ' ');
        var slash = name.IndexOf('/');
        if (slash > 0) _pool.ReportRank(_jobs[name[..slash]], RankOf(name[..slash], name[(slash + 1)..]), TestPool.Exited(Number(code)));
        else _pool.Exit(_jobs[name], Number(code));
    }

    private int RankOf(string job, string node) => _pool[_jobs[job]].Attempt!.Allocation.RankOf(new NodeId(node));

    private static int Number(string code) => code.Length == 0 ? 0 : int.Parse(code, System.Globalization.CultureInfo.InvariantCulture);

    private void Drain(string rest)
    {
        var (target, within) = Cut(rest, ' ');
        _pool.Step(new PoolInput.Drain(target, "maintenance", within.Length == 0 ? null : ScenarioWords.Span(within), "root"));
    }

    private void Expect(string rest, int number)
    {
        var (name, wanted) = Cut(rest, ':');
        var seen = wanted.StartsWith("explained", StringComparison.Ordinal) ? Explained(_jobs[name]) : Seen(_jobs[name], wanted);
        if (!Matches(seen, wanted)) _faults.Add($"line {number}: {name}: wanted '{wanted}', found '{seen}'");
    }

    /// <summary>A wish that ends in an ellipsis leaves the rest open.</summary>
    private static bool Matches(string seen, string wanted) =>
        wanted.EndsWith('…') ? seen.StartsWith(wanted[..^1], StringComparison.Ordinal) : seen == wanted;

    private string Seen(JobId id, string wanted)
    {
        if (_pool.State.FindJob(id) is not { } job) return $"ended {_pool.Stored(id).State.DisplayName()}";
        if (job.State.HoldsAllocation() && wanted.StartsWith("stopping", StringComparison.Ordinal))
            return $"stopping {job.State.DisplayName()} {job.Attempt!.StopCause}: {job.ReasonText}";
        if (job.State.HoldsAllocation()) return $"on {_pool.PlaceOf(id)}";
        var (reason, text) = _pool.State.ReasonOf(job, _pool.Now)
            ?? throw new InvalidOperationException($"job {id} waits without a reason");
        return $"waits {reason}: {text}";
    }

    private string Explained(JobId id) =>
        "explained " + string.Join(
            ", ", _pool.Engine.Explain(_pool.State, _pool[id], _pool.Now).Skip(1).Select(line => $"{line.Reason} {line.Count}"));

    private static (string Head, string Tail) Cut(string text, char at)
    {
        var where = text.IndexOf(at);
        return where < 0 ? (text, "") : (text[..where].Trim(), text[(where + 1)..].Trim());
    }
}
