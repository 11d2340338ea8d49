using System.Globalization;
using Google.Protobuf;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Execution;

/// <summary>Everything about one attempt that a restarted agent needs to take it up again.</summary>
internal sealed class AttemptFolder(string path, AttemptKey key)
{
    /// <summary>Written before the launch, so that recording the exit later needs no free disk block.</summary>
    private static readonly byte[] Blank = "                                "u8.ToArray();

    public string Path => path;

    public AttemptKey Key => key;

    public string StandardOutput => System.IO.Path.Combine(path, "stdout");

    public string StandardError => System.IO.Path.Combine(path, "stderr");

    public string Script => System.IO.Path.Combine(path, "script");

    public string Work => System.IO.Path.Combine(path, "work");

    private string DispatchFile => System.IO.Path.Combine(path, "dispatch");

    private string RunFile => System.IO.Path.Combine(path, "run");

    private string StopFile => System.IO.Path.Combine(path, "stop");

    private string ReportedFile => System.IO.Path.Combine(path, "run.reported");

    public bool Exists => File.Exists(DispatchFile);

    /// <summary>The end of this attempt is in the outbox: nothing is left to do for it.</summary>
    public bool IsReported => File.Exists(ReportedFile);

    public DateTimeOffset LastChange => Directory.GetLastWriteTimeUtc(path);

    public void Create(Dispatch dispatch)
    {
        Directory.CreateDirectory(path);
        File.WriteAllBytes(RunFile, Blank);
        File.WriteAllBytes(DispatchFile, dispatch.ToByteArray());
    }

    /// <returns>Null for a folder whose dispatch isn't readable: its agent died while creating it.</returns>
    public Dispatch? ReadDispatch()
    {
        try
        {
            return Dispatch.Parser.ParseFrom(File.ReadAllBytes(DispatchFile));
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
        if (ReadRun() is not { } run || !int.TryParse(run[..run.IndexOf('\n', StringComparison.Ordinal)], CultureInfo.InvariantCulture, out var pid))
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
        try
        {
            var run = File.ReadAllText(File.Exists(ReportedFile) ? ReportedFile : RunFile);
            return run.Contains('\n') ? run : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A restarted agent goes on stopping what its predecessor had been told to stop.</summary>
    public void WriteStop(KeptStop stop) => DurableFile.Write(StopFile, stop.ToBytes());

    public KeptStop? ReadStop()
    {
        try
        {
            return File.Exists(StopFile) ? KeptStop.Parse(File.ReadAllBytes(StopFile)) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

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
