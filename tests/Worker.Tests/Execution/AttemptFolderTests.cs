using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution;

public sealed class AttemptFolderTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("attempt-").FullName;

    private AttemptFolder Folder => new(_path, new AttemptKey("12", 1));

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Theory]
    [InlineData("                ")]
    [InlineData("12345           ")]
    public void A_supervisor_that_has_not_written_its_whole_number_is_not_known_yet(string run)
    {
        Write(run);

        Assert.Null(Folder.ReadSupervisor());
        Assert.Null(Folder.ReadExit());
    }

    [Fact]
    public void Another_process_that_got_the_supervisors_number_is_not_taken_for_it()
    {
        Write($"{Environment.ProcessId}\n          ");

        var supervisor = Folder.ReadSupervisor();

        Assert.Equal(Environment.ProcessId, supervisor?.Pid);
        Assert.False(supervisor?.IsAlive());
    }

    [Theory]
    [InlineData("77\nexit 3\n     ", 3, true)]
    [InlineData("77\nworkdir\n    ", 0, false)]
    public void The_exit_stands_in_the_second_line(string run, int code, bool ran)
    {
        Write(run);

        Assert.Equal(new ExitRecord(ran ? ExitKind.Exited : ExitKind.NoWorkingDirectory, code), Folder.ReadExit());
    }

    [Fact]
    public void The_order_stays_readable_whatever_the_supervisor_writes()
    {
        var order = A.Command("echo", "hello").With(dispatch => dispatch.JobId = "12");
        Folder.Create(order);
        using (var run = new FileStream(Path.Combine(_path, "run"), FileMode.Open, FileAccess.Write))
            run.Write("4194304\nexit 255\n"u8);

        Assert.Equal(new ExitRecord(ExitKind.Exited, 255), Folder.ReadExit());
        Assert.Equal(order, Folder.ReadDispatch());
        Folder.MarkReported();
        Assert.True(Folder.IsReported);
        Assert.Equal(new ExitRecord(ExitKind.Exited, 255), Folder.ReadExit());
        Assert.Equal(order, Folder.ReadDispatch());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234567890123456789012345678901")]
    [InlineData("12345678901234567890123456789012")]
    [InlineData("12345678901234567890123456789012not an order")]
    public void A_torn_order_is_none(string run)
    {
        Write(run);

        Assert.Null(Folder.ReadDispatch());
    }

    [Theory]
    [InlineData("12_3.4", "12_3", 4)]
    [InlineData("a-b.1", "a-b", 1)]
    public void A_folders_name_tells_its_attempt(string name, string job, int attempt)
    {
        Assert.Equal(new AttemptKey(job, attempt), AttemptKey.Parse(name));
        Assert.Equal(name, new AttemptKey(job, attempt).FolderName);
    }

    [Theory]
    [InlineData("12")]
    [InlineData(".1")]
    [InlineData("12.0")]
    [InlineData("12.x")]
    [InlineData("1.2.3")]
    public void Other_names_are_none_of_ours(string name) => Assert.Null(AttemptKey.Parse(name));

    private void Write(string run) => File.WriteAllText(Path.Combine(_path, "run"), run);
}
