using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>
/// What <c>logs</c> says of an array, which has as many outputs as elements. To standard error: it is none of them.
/// </summary>
internal static class ArrayOutputs
{
    /// <param name="some">At least one element.</param>
    /// <returns>The exit code: the command line has to name an element.</returns>
    public static int Tell(Call call, ArraySummary array, IReadOnlyList<Job> some)
    {
        var id = call.Words[0];
        call.Remark(ArrayText.Of(id, array));
        foreach (var line in ArrayText.Groups(array, call.Context.Moments))
            call.Error.WriteLine(line);

        call.Remark($"name one of them: 'gpusched logs {array.Groups.FirstOrDefault()?.First.FirstOrDefault() ?? some[0].Id}'");
        return ExitCode.Usage;
    }
}
