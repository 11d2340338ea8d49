using System.Globalization;
using Google.Protobuf;
using GpuScheduler.Protos;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;

namespace GpuScheduler.Worker.Execution;

/// <summary>Everything about one attempt that a restarted agent needs to take it up again.</summary>
internal sealed class AttemptFolder(string path, AttemptKey key)
{
    /// <summary>
    /// Room for what the supervisor will write: taken before the launch, so that recording the exit needs no free disk block.
    /// </summary>
    private static ReadOnlySpan<byte> Blank => "                                "u8;

    /// <summary>Far beyond what a script may have; the job itself could have written anything here.</summary>
    private const int LargestRecord = 256 << 20;

    public string Path => path;

    public AttemptKey Key => key;

    public string StandardOutput => System.IO.Path.Combine(path, "stdout");

    /// <summary>Written by versions before 0.2 only: since then both streams go to one file.</summary>
    public string StandardError => System.IO.Path.Combine(path, "stderr");

    public string Script => System.IO.Path.Combine(path, "script");

    public string Work => System.IO.Path.Combine(path, "work");

    /// <summary>Where the job's own names for its output led at the launch; there only when they led elsewhere than they say.</summary>
    private string OutputFile => System.IO.Path.Combine(path, "output");

    private string RunFile => System.IO.Path.Combine(path, "run");

    private string StopFile => System.IO.Path.Combine(path, "stop");

    private string ReportedFile => System.IO.Path.Combine(path, "run.reported");

    public bool Exists => File.Exists(RunFile);

    /// <summary>The end of this attempt is in the outbox: nothing is left to do for it.</summary>
    public bool IsReported => File.Exists(ReportedFile);

    public DateTimeOffset LastChange => Directory.GetLastWriteTimeUtc(path);

    public void Create(Dispatch dispatch)
    {
        Directory.CreateDirectory(path);
        var content = new byte[Blank.Length + dispatch.CalculateSize()];
        Blank.CopyTo(content);
        dispatch.WriteTo(content.AsSpan(Blank.Length));
        // A file made anew and not merely emptied: ext4 writes an emptied one to the disk as soon as it is closed.
        using var file = File.OpenHandle(RunFile, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(file, content, 0);
    }

    /// <exception cref="IOException">Not everything could be removed.</exception>
    public void Delete() => FolderRemoval.Remove(path);

    /// <returns>Null for a folder whose dispatch isn't readable: its agent or the machine died while creating it.</returns>
    public Dispatch? ReadDispatch()
    {
        try
        {
            var content = JobFile.TryReadAll(IsReported ? ReportedFile : RunFile, LargestRecord);
            var dispatch = content?.Length >= Blank.Length ? Dispatch.Parser.ParseFrom(content.AsSpan(Blank.Length)) : null;
            return dispatch?.JobId == key.JobId ? dispatch : null;
        }
        catch (Exception error) when (error is IOException or InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>
    /// The supervisor that wrote its number down at its start; null before that. The number may be another process's by now:
    /// only a leader of its own session that was started with this folder's name is the supervisor.
    /// </summary>
    public ProcessStat? ReadSupervisor()
    {
        if (ReadRun() is not { } run
            || !int.TryParse(run[..run.IndexOf('\n', StringComparison.Ordinal)], CultureInfo.InvariantCulture, out var pid))
            return null;
        var now = ProcessStat.Read(pid);
        var isOurs = now is { IsDead: false } && now.Value.Session == pid
            && ProcFs.EnvironmentEntry(pid, AttemptEnvironment.Marker) == AttemptEnvironment.MarkerOf(this);
        return isOurs ? now : ProcessStat.Gone(pid);
    }

    /// <returns>Null until the supervisor has written its whole last line.</returns>
    public ExitRecord? ReadExit() =>
        ReadRun() is { } run ? ExitRecord.Parse(run[(run.IndexOf('\n', StringComparison.Ordinal) + 1)..]) : null;

    /// <returns>Null until its first line, the supervisor's number, is whole.</returns>
    private string? ReadRun()
    {
        var run = SmallFile.Read(RunFile, Blank.Length) ?? SmallFile.Read(ReportedFile, Blank.Length);
        return run?.Contains('\n') == true ? run : null;
    }

    /// <summary>A restarted agent goes on stopping what its predecessor had been told to stop.</summary>
    public void WriteStop(KeptStop stop) => DurableFile.Write(StopFile, stop.ToBytes());

    public KeptStop? ReadStop()
    {
        try
        {
            return JobFile.TryReadAll(StopFile, LargestRecord) is { } stop ? KeptStop.Parse(stop) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">The disk doesn't take it.</exception>
    public void WriteOutput(IEnumerable<string> files) => DurableFile.Write(OutputFile, RawText.ToBytes(string.Join('\0', files)));

    /// <returns>Null where nothing was written down.</returns>
    public IReadOnlyList<string>? ReadOutput() =>
        JobFile.TryReadAll(OutputFile, LargestRecord) is { } files ? RawText.FromBytes(files).Split('\0') : null;

    public void MarkReported()
    {
        try
        {
            File.Move(RunFile, ReportedFile, overwrite: true);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // The folder couldn't be created (its disk is full): then a restart finds nothing to report twice either.
        }
    }
}
