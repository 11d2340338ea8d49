using System.Text;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// Names of attempts that have ended, one a line, added by their supervisors. One file that only grows is cheaper than a file
/// for each attempt: some file systems become slow at making files where many were deleted a moment ago.
/// </summary>
internal sealed class BellFile(string path) : IDisposable
{
    /// <summary>Emptied at this size; what is rung in that instant is lost, and found by the sweep.</summary>
    private const long Full = 1 << 20;

    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
    private readonly Lock _gate = new();
    private long _read;

    public IReadOnlyList<string> ReadNew()
    {
        lock (_gate)
        {
            // Supervisors write little; what a job has put here beyond that is passed over, and the sweep finds what it hid.
            if (_file.Length - _read > Full)
                _read = _file.Length;
            var bytes = new byte[Math.Max(0, _file.Length - _read)];
            _file.Position = _read;
            var length = _file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var whole = bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            _read += whole;
            if (_read > Full || _file.Length < _read)
            {
                _file.SetLength(0);
                _read = 0;
            }

            return Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    public void Dispose() => _file.Dispose();
}
