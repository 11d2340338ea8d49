namespace Orleans.Runtime;

/// <summary>A running grain timer; disposing it cancels the token its callback got.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Counts anew from now, or from the end of the callback when called inside one.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
