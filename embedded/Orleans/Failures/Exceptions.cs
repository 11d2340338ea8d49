namespace Orleans.Runtime;

/// <summary>A failure of the grain host, as against one of a grain.</summary>
public class OrleansException : Exception
{
    public OrleansException()
    {
    }

    public OrleansException(string message)
        : base(message)
    {
    }

    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The host stops or has stopped: no new activation can be made.</summary>
public sealed class SiloUnavailableException : OrleansException
{
    public SiloUnavailableException()
        : this("The silo has stopped.")
    {
    }

    public SiloUnavailableException(string msg)
        : base(msg)
    {
    }

    public SiloUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
