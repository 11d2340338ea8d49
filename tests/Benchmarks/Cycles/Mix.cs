namespace GpuScheduler.Benchmarks.Cycles;

/// <summary>What the jobs of a measured pool are like.</summary>
public enum Mix
{
    /// <summary>One to two cards of one node, without time limits: nothing is promised to anybody before he has waited for long.</summary>
    Single,

    /// <summary>The same with time limits of several lengths; a quarter ask for more cards: somebody is always promised a node.</summary>
    Limited,

    /// <summary>Two jobs of three ask for a part of a card.</summary>
    Parts,

    /// <summary>As <see cref="Limited"/>, and every second job wants two or four nodes at once.</summary>
    Gangs,

    /// <summary>As <see cref="Limited"/>, on a pool half of whose nodes are there from 8 to 20 o'clock on working days alone.</summary>
    Hours,
}
