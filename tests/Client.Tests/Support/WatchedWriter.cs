using System.Text;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>Keeps what is written, and tells a test when it sees what it waits for.</summary>
internal sealed class WatchedWriter : TextWriter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _waiting = [];

    public WatchedWriter() => NewLine = "\n";

    public override Encoding Encoding => Encoding.UTF8;

    public Task SaysAsync(string text)
    {
        lock (_gate)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((text, seen));
            Tell_NeedsLock();
            return seen.Task.WaitAsync(Patience);
        }
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        lock (_gate)
        {
            _text.Append(value);
            Tell_NeedsLock();
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override string ToString()
    {
        lock (_gate)
        {
            return _text.ToString();
        }
    }

    private void Tell_NeedsLock()
    {
        if (_waiting.Count == 0) return;
        var text = _text.ToString();
        foreach (var (_, seen) in _waiting.Where(one => text.Contains(one.Text, StringComparison.Ordinal))) seen.TrySetResult();
    }
}
