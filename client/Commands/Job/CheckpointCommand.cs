using System.CommandLine;
using System.Globalization;
using System.Text;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;

namespace GpuScheduler.Client.Commands;

/// <summary>Reports a finished checkpoint from inside a job, for programs that don't write the manifest themselves. Needs no
/// scheduler: the worker reads the manifest.</summary>
internal sealed class CheckpointCommand : ClientCommand
{
    private readonly Option<string?> step = Flags.Text("--step", "N", "the step that the checkpoint was taken at");
    private readonly Option<bool> sha256 = Flags.Switch("--sha256", "add the file's hash, so that damage is noticed before a resume");

    public CheckpointCommand()
        : base("checkpoint", "inside a job: report a finished checkpoint")
    {
        Add(step);
        Add(sha256);
    }

    public override string Usage => "--step N [--sha256] FILE";

    public override string WordName => "FILE";

    public override int MaximumWords => 1;

    public override string Notes => """
        FILE lies in $GPUSCHED_CHECKPOINT_DIR (a relative path starts there) and is
        complete: write it under another name, then rename it. Appends one line to
        manifest.jsonl in that directory.
        """;

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var number = ReadStep(call.Flags.GetValue(step));
        var directory = call.Context.Variable("GPUSCHED_CHECKPOINT_DIR");
        if (directory.Length == 0)
            throw CommandException.Usage(
                "checkpoint: GPUSCHED_CHECKPOINT_DIR is not set; run this inside a job submitted with --checkpoint");

        var manifest = new CheckpointManifest(call.Context.FullPath(directory));
        var line = await manifest.DescribeAsync(number, Find(call, directory), call.Flags.GetValue(sha256), cancellationToken);
        manifest.Append(Encoding.UTF8.GetBytes(line + "\n"));
        return ExitCode.Success;
    }

    private static long ReadStep(string? text) =>
        text is not null && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw CommandException.Usage($"--step: {(text is null ? "is missing" : $"'{text}'")}: a whole number from 0");

    /// <summary>A path that exists from here wins over one from the checkpoint directory, unless it leads outside.</summary>
    private static string Find(Call call, string directory)
    {
        var inside = Path.GetFullPath(call.Words[0], call.Context.FullPath(directory));
        return File.Exists(inside) ? inside : call.Context.FullPath(call.Words[0]);
    }
}
