namespace Pulumi;

/// <summary>Writes messages to the engine, which shows them to the user.</summary>
public static class Log
{
    /// <summary>Writes what helps to find errors. It is usually not shown.</summary>
    /// <param name="message">The text.</param>
    /// <param name="resource">The resource that it is about.</param>
    /// <param name="streamId">Groups messages.</param>
    /// <param name="ephemeral">Whether it is for a live display only.</param>
    public static void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Write(Wire.LogSeverity.Debug, message, resource, streamId, ephemeral);

    /// <summary>Writes what a user may like to know.</summary>
    /// <param name="message">The text.</param>
    /// <param name="resource">The resource that it is about.</param>
    /// <param name="streamId">Groups messages.</param>
    /// <param name="ephemeral">Whether it is for a live display only.</param>
    public static void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Write(Wire.LogSeverity.Info, message, resource, streamId, ephemeral);

    /// <summary>Writes what a user should look at, though the program goes on.</summary>
    /// <param name="message">The text.</param>
    /// <param name="resource">The resource that it is about.</param>
    /// <param name="streamId">Groups messages.</param>
    /// <param name="ephemeral">Whether it is for a live display only.</param>
    public static void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Write(Wire.LogSeverity.Warning, message, resource, streamId, ephemeral);

    /// <summary>Writes an error. The program goes on, but the deployment fails.</summary>
    /// <param name="message">The text.</param>
    /// <param name="resource">The resource that it is about.</param>
    /// <param name="streamId">Groups messages.</param>
    /// <param name="ephemeral">Whether it is for a live display only.</param>
    public static void Error(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Write(Wire.LogSeverity.Error, message, resource, streamId, ephemeral);

    /// <summary>Writes an exception as an error. The program goes on, but the deployment fails.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="resource">The resource that it is about.</param>
    /// <param name="streamId">Groups messages.</param>
    /// <param name="ephemeral">Whether it is for a live display only.</param>
    public static void Exception(Exception exception, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Error(exception.ToString(), resource, streamId, ephemeral);
    }

    // Nobody waits for the message here: the program does, before it ends.
    private static void Write(Wire.LogSeverity severity, string message, Resource? resource, int? streamId, bool? ephemeral) =>
        ProgramRun.Current.Log.WriteAsync(severity, message, resource, streamId, ephemeral);
}
