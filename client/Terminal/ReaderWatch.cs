using GpuScheduler.Client.Processes;

namespace GpuScheduler.Client.Terminal;

/// <summary>Notices when the reader of a pipe or socket has gone. .NET drops what is written then without a word, and a
/// command that has nothing to write would not notice at all.</summary>
internal static class ReaderWatch
{
    private const int StackBytes = 128 * 1024;

    /// <summary>Cancelled once the other end is closed; never where there is none, such as of a file.</summary>
    public static CancellationToken Of(int descriptor)
    {
        var source = new CancellationTokenSource();
        new Thread(() => Watch(descriptor, source), StackBytes) { IsBackground = true, Name = "reader watch" }.Start();
        return source.Token;
    }

    private static void Watch(int descriptor, CancellationTokenSource source)
    {
        Posix.WaitUntilReaderIsGone(descriptor);
        source.Cancel();
    }
}
