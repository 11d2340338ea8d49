using System.Text;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Logs;

/// <summary>
/// Keeps output files in attempts' folders from filling the disk. Jobs write straight to their files, so nothing can be refused
/// or slowed; instead the middle of a file that has become too large is given back to the disk, again and again: its
/// beginning and its newest part stay, offsets too, and a line tells where it was cut. Files that a job names are its own.
/// </summary>
/// <param name="limit">Bytes of each attempt's output; null: no limit.</param>
internal sealed partial class LogLimit(
    long? limit, DataDirectory data, Func<IReadOnlyList<AttemptKey>> running, TimeProvider time, ILogger<LogLimit> logger) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Holes begin and end at whole blocks; larger than any common file system's.</summary>
    private const long Block = 64 << 10;

    private readonly ILogger<LogLimit> _logger = logger;
    private readonly Dictionary<string, long> _cutUpTo = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly HashSet<string> _notCut = new(StringComparer.Ordinal);
    private ITimer? _timer;
    private bool _refused;

    public void Start()
    {
        if (limit is not null)
            _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        // A look that takes longer than the interval is not doubled.
        if (!_gate.TryEnter())
            return;
        try
        {
            var logs = running().Select(data.Attempt).SelectMany(folder => new[] { folder.StandardOutput, folder.StandardError }).ToList();
            foreach (var ended in _cutUpTo.Keys.Except(logs).ToList())
                _cutUpTo.Remove(ended);
            _notCut.IntersectWith(logs);
            logs.ForEach(Look);
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void Look(string path)
    {
        try
        {
            var info = new FileInfo(path);
            var head = Math.Max(Block, limit!.Value / 4 / Block * Block);
            var cut = _cutUpTo.GetValueOrDefault(path, head);
            if (!info.Exists || info.Length - (cut - head) <= limit)
                return;
            Cut(path, head, Math.Max(head, (info.Length - (limit.Value / 2)) / Block * Block));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (_notCut.Add(path))
                LogNotCut(error, path);
        }
    }

    private void Cut(string path, long from, long upTo)
    {
        using var file = JobFile.TryOpenToChange(path);
        if (file is null)
            return;
        if (!Holes.TryPunch(file, from, upTo - from))
        {
            if (!_refused)
                LogCannotCut(path);
            _refused = true;
            return;
        }

        // Over the last bytes of what is kept: the file must not grow, as the job goes on writing at its end.
        var notice = Encoding.UTF8.GetBytes(
            $"\n[gpusched: {upTo - from} bytes of output were cut out here; the worker's --log-limit is {limit} bytes]\n");
        RandomAccess.Write(file, notice, from - notice.Length);
        _cutUpTo[path] = upTo;
        LogCut(path, upTo - from);
    }
}
