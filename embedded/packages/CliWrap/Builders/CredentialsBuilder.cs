namespace CliWrap.Builders;

/// <summary>Puts <see cref="Credentials"/> together.</summary>
public class CredentialsBuilder
{
    private string? _domain;
    private string? _userName;
    private string? _password;
    private bool _loadUserProfile;

    /// <summary>Sets the Active Directory domain.</summary>
    public CredentialsBuilder SetDomain(string? domain)
    {
        _domain = domain;
        return this;
    }

    /// <summary>Sets the user's name.</summary>
    public CredentialsBuilder SetUserName(string? userName)
    {
        _userName = userName;
        return this;
    }

    /// <summary>Sets the user's password.</summary>
    public CredentialsBuilder SetPassword(string? password)
    {
        _password = password;
        return this;
    }

    /// <summary>Sets whether the user's profile is loaded.</summary>
    public CredentialsBuilder LoadUserProfile(bool loadUserProfile = true)
    {
        _loadUserProfile = loadUserProfile;
        return this;
    }

    /// <summary>The credentials.</summary>
    public Credentials Build() => new(_domain, _userName, _password, _loadUserProfile);
}
