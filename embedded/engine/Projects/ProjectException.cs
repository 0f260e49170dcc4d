namespace FogInfra.Embedded.Engine.Projects;

/// <summary>A project or config file is missing or wrong; the message names the file and every problem with its place.</summary>
internal sealed class ProjectException(string message, Exception? innerException = null) : Exception(message, innerException);
