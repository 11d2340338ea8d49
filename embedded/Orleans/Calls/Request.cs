namespace Orleans.Embedded.Calls;

/// <summary>One turn to be: a grain call, an observer call or a timer's tick, on its way into a <see cref="Mailbox"/>.</summary>
internal abstract class Request
{
    /// <summary>May start whatever else runs.</summary>
    public virtual bool Interleaves => false;

    /// <summary>May run beside other read-only ones.</summary>
    public virtual bool ReadOnly => false;

    /// <summary>Counts as use of the activation, which puts its collection off.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Its caller no longer waits (time-out, cancellation): not worth starting.</summary>
    public abstract bool IsAbandoned { get; }

    /// <summary>Runs the call on its target, to the end of its awaits, and keeps the outcome; failures never come out of here.</summary>
    public abstract Task RunAsync(object target);

    /// <summary>
    /// Gives the outcome to the caller. Comes after the turn's end, so a caller that has its answer finds the grain free.
    /// </summary>
    public abstract void Answer();

    /// <summary>Answers with an exception; without effect when an answer was given before.</summary>
    public abstract void Fail(Exception exception);
}
