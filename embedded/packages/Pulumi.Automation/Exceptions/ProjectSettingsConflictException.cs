namespace Pulumi.Automation.Exceptions;

/// <summary>A workspace was given project settings, and its folder has a project file that says otherwise.</summary>
public class ProjectSettingsConflictException : Exception
{
    internal ProjectSettingsConflictException(string settingsFileLocation)
        : base($"The project settings that were given differ from those in {settingsFileLocation}. Change one of them, or give none.") =>
        SettingsFileLocation = settingsFileLocation;

    /// <summary>The project file.</summary>
    public string SettingsFileLocation { get; }
}
