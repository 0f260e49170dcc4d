using System.Diagnostics;
using System.Security;

namespace CliWrap.Processes;

/// <summary>What a command says about its process, in the form that the system takes it.</summary>
internal static class ProcessSetup
{
    /// <summary>How the process starts: with all its streams redirected, and never through a shell.</summary>
    public static ProcessStartInfo Describe(ICommandConfiguration command)
    {
        var startInfo = new ProcessStartInfo
        {
            FileName = command.TargetFilePath,
            Arguments = command.Arguments,
            WorkingDirectory = command.WorkingDirPath,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var (name, value) in command.EnvironmentVariables)
        {
            if (value is null)
            {
                startInfo.Environment.Remove(name);
            }
            else
            {
                startInfo.Environment[name] = value;
            }
        }

        Apply(command.Credentials, startInfo);
        return startInfo;
    }

    /// <summary>Sets limits on a process that has started.</summary>
    public static void Apply(ResourcePolicy policy, Process process)
    {
        try
        {
#pragma warning disable CA1416 // Platforms that do not know one of these throw, and the exception says so.
            if (policy.Priority is { } priority)
            {
                process.PriorityClass = priority;
            }

            if (policy.Affinity is { } affinity)
            {
                process.ProcessorAffinity = affinity;
            }

            if (policy.MinWorkingSet is { } minimum)
            {
                process.MinWorkingSet = minimum;
            }

            if (policy.MaxWorkingSet is { } maximum)
            {
                process.MaxWorkingSet = maximum;
            }
#pragma warning restore CA1416
        }
        catch (InvalidOperationException) when (process.HasExited)
        {
            // There is nothing left to limit.
        }
    }

    private static void Apply(Credentials credentials, ProcessStartInfo startInfo)
    {
#pragma warning disable CA1416 // Platforms that do not know one of these throw, and the exception says so.
        if (credentials.Domain is not null)
        {
            startInfo.Domain = credentials.Domain;
        }

        if (credentials.UserName is not null)
        {
            startInfo.UserName = credentials.UserName;
        }

        if (credentials.Password is not null)
        {
            var password = new SecureString();
            Array.ForEach(credentials.Password.ToCharArray(), password.AppendChar);
            startInfo.Password = password;
        }

        if (credentials.LoadUserProfile)
        {
            startInfo.LoadUserProfile = true;
        }
#pragma warning restore CA1416
    }
}
