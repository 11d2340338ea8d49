using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Testing;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>How the properties of the engine are tried.</summary>
internal static class Runs
{
    /// <summary>Runs of up to 150 events; a failure prints the bytes, cut down to those that matter.</summary>
    public static FsCheck.Config Config(int cases = 100) => Draws.Config(cases).WithStartSize(30).WithEndSize(450);

    public static Arbitrary<byte[]> Bytes { get; } = ArbMap.Default.ArbFor<byte[]>();
}
