using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests.Harness;

/// <summary>
/// A job that saves a step every tenth of a second until the file <c>gate</c> is there, and goes on where the one before it was.
/// </summary>
public static class Trainer
{
    public static JobSpec In(Lab lab, string name, string tier)
    {
        var spec = Lab.Shell(
            $$"""
            step=${GPUSCHED_RESUME_STEP:-0}
            while [ ! -e {{lab.In("gate")}} ]; do
              step=$((step + 1))
              echo "$step $CUDA_VISIBLE_DEVICES $GPUSCHED_PREVIOUS_END" >> {{Steps(lab, name)}}
              echo $step > $GPUSCHED_CHECKPOINT_DIR/$step.bin
              echo "{\"step\":$step,\"path\":\"$step.bin\",\"bytes\":$(wc -c < $GPUSCHED_CHECKPOINT_DIR/$step.bin)}" >> $GPUSCHED_CHECKPOINT_DIR/manifest.jsonl
              sleep 0.1
            done
            """,
            tier,
            "1",
            retries: 0);
        spec.Name = name;
        spec.Checkpoint = new CheckpointSpec { Enabled = true, Directory = lab.In($"checkpoints-{name}") };
        spec.Grace = Duration.FromTimeSpan(TimeSpan.FromSeconds(5));
        return spec;
    }

    /// <summary>A line for each step: its number, the card, why the attempt before ended.</summary>
    public static string Steps(Lab lab, string name) => lab.In($"steps-{name}");

    /// <summary>Every step was taken: none is missing, whoever took it.</summary>
    public static void LostNothing(Lab lab, string name)
    {
        var steps = File.ReadAllLines(Steps(lab, name))
            .Select(line => int.Parse(line.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        Assert.Equal(Enumerable.Range(1, steps.Max()), steps.Order());
    }
}
