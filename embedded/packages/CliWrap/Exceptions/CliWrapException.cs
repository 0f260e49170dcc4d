namespace CliWrap.Exceptions;

/// <summary>An error in running a command.</summary>
public abstract class CliWrapException : Exception
{
    /// <summary>Makes an error.</summary>
    protected CliWrapException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an error.</summary>
    protected CliWrapException(string message)
        : this(message, null)
    {
    }
}
