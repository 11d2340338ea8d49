namespace GpuScheduler.Core.FairShare;

/// <summary>How use is forgotten: by half in each half-life. Everything is a closed form of the time gone by, so nothing is walked
/// and nothing has to be brought up to date.</summary>
/// <param name="halfLife">Zero: nothing is ever forgotten.</param>
internal readonly struct Decay(TimeSpan halfLife)
{
    private readonly double _halfLife = halfLife.TotalSeconds;

    /// <summary>What is left of one unit after some seconds.</summary>
    public double Left(double seconds) => _halfLife <= 0 || seconds <= 0 ? 1 : Math.Pow(2, -seconds / _halfLife);

    /// <summary>What is left, at their end, of seconds in which one unit a second was used.</summary>
    public double Steady(double seconds) =>
        seconds <= 0 ? 0 : _halfLife <= 0 ? seconds : -_halfLife / Math.Log(2) * double.ExpM1(-seconds * Math.Log(2) / _halfLife);
}
