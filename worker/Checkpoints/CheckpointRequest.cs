using System.Text.Json;

namespace GpuScheduler.Worker.Checkpoints;

/// <summary>The file "request" in a checkpoint directory: it asks the job to save, and says why.</summary>
internal static class CheckpointRequest
{
    private const string FileName = "request";

    /// <summary>By rename, so that the job never reads half of it.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It could not be written.</exception>
    public static void Place(string directory, string why) => DurableFile.Write(
        Path.Combine(directory, FileName), $$"""{"why":"{{JsonEncodedText.Encode(why)}}"}""" + "\n");

    /// <summary>A request made to an earlier attempt is none to the next.</summary>
    public static void Withdraw(string directory) => File.Delete(Path.Combine(directory, FileName));
}
