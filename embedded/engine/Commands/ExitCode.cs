namespace FogInfra.Embedded.Engine.Commands;

/// <summary>The exit codes of the Pulumi command line.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>Something failed.</summary>
    public const int Failure = 1;

    /// <summary>The arguments are wrong, or a confirmation is missing.</summary>
    public const int WrongInvocation = 2;

    /// <summary>The stack does not exist, or none is selected.</summary>
    public const int StackNotFound = 6;

    /// <summary>There were changes although none were expected.</summary>
    public const int UnexpectedChanges = 7;

    /// <summary>The user has cancelled the command.</summary>
    public const int Canceled = 8;
}
