namespace CliWrap;

/// <summary>The user as whom a process runs. Domain, password and profile exist on Windows only.</summary>
public class Credentials
{
    /// <summary>Makes credentials; what is left out is the current user's.</summary>
    public Credentials(string? domain = null, string? userName = null, string? password = null, bool loadUserProfile = false)
    {
        Domain = domain;
        UserName = userName;
        Password = password;
        LoadUserProfile = loadUserProfile;
    }

    /// <summary>Makes credentials without a profile.</summary>
    public Credentials(string? domain, string? username, string? password)
        : this(domain, username, password, loadUserProfile: false)
    {
    }

    /// <summary>The current user.</summary>
    public static Credentials Default { get; } = new();

    /// <summary>The Active Directory domain.</summary>
    public string? Domain { get; }

    /// <summary>The user's name.</summary>
    public string? UserName { get; }

    /// <summary>The user's password.</summary>
    public string? Password { get; }

    /// <summary>Whether the user's profile is loaded.</summary>
    public bool LoadUserProfile { get; }
}
