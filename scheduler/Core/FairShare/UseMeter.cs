namespace GpuScheduler.Core.FairShare;

/// <summary>Decayed use that may be growing at a steady rate. Exact at any moment, at the cost of one closed form.</summary>
internal struct UseMeter
{
    private double _use;
    private double _rate;
    private DateTimeOffset _at;

    /// <summary>Cost a second of what runs now.</summary>
    public readonly double Rate => _rate;

    /// <summary>Decayed cost up to <paramref name="now"/>, in cost × seconds.</summary>
    public readonly double At(DateTimeOffset now, Decay decay)
    {
        var seconds = (now - _at).TotalSeconds;
        return (_use * decay.Left(seconds)) + (_rate * decay.Steady(seconds));
    }

    /// <summary>Something starts (or, below zero, ends) that costs so much a second.</summary>
    public void Change(double rate, DateTimeOffset now, Decay decay)
    {
        Settle(now, decay);
        // Sums of floating-point rates come back to nothing, not to almost nothing.
        _rate = Math.Abs(_rate + rate) < 1e-9 ? 0 : _rate + rate;
    }

    /// <summary>Use is added that stood so at <paramref name="time"/>, which may have passed.</summary>
    public void Add(double use, DateTimeOffset time, Decay decay)
    {
        Settle(time, decay);
        _use += use * decay.Left((_at - time).TotalSeconds);
    }

    /// <summary>Brings the meter to <paramref name="now"/>: before the rule of decay changes.</summary>
    public void Settle(DateTimeOffset now, Decay decay)
    {
        if (now <= _at) return;
        _use = At(now, decay);
        _at = now;
    }
}
