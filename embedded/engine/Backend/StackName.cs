namespace FogInfra.Embedded.Engine.Backend;

/// <summary>Names a stack of a file backend: <c>organization/PROJECT/NAME</c>.</summary>
internal sealed record StackName
{
    /// <summary>The word that stands where other backends have the organization.</summary>
    public const string Organization = "organization";

    private const int MaxLength = 100;

    private StackName(string project, string name)
    {
        Project = project;
        Name = name;
    }

    /// <summary>The project.</summary>
    public string Project { get; }

    /// <summary>The bare name.</summary>
    public string Name { get; }

    /// <summary>Reads a name as people and programs give it.</summary>
    /// <param name="text"><c>NAME</c>, <c>organization/NAME</c> or <c>organization/PROJECT/NAME</c>.</param>
    /// <param name="project">The current project; null outside of one, where the full form is needed.</param>
    /// <exception cref="BackendException">The text is no name of a stack.</exception>
    public static StackName Parse(string text, string? project)
    {
        var parts = text.Split('/');
        if (parts.Length > 3 || (parts.Length > 1 && parts[0] != Organization))
        {
            throw new BackendException(parts.Length > 3
                ? $"could not parse stack name '{text}'"
                : $"organization name must be '{Organization}'; the file backend has no others");
        }

        var owner = parts.Length == 3 ? parts[1] : project;
        if (owner is null)
        {
            throw new BackendException($"if you're using the file backend outside of a project, the stack must be named in full: {Organization}/PROJECT/{parts[^1]}");
        }

        Validate("project", owner);
        Validate("stack", parts[^1]);
        return new StackName(owner, parts[^1]);
    }

    /// <summary>The name as people see it: bare in its own project, in full elsewhere.</summary>
    public string ToDisplay(string? project) => project == Project ? Name : ToString();

    /// <inheritdoc/>
    public override string ToString() => $"{Organization}/{Project}/{Name}";

    private static void Validate(string what, string name)
    {
        if (name.Length is 0 or > MaxLength)
        {
            throw new BackendException($"a {what} name must be 1 to {MaxLength} characters long");
        }

        if (name is "." or ".." || name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-' or '.')))
        {
            throw new BackendException($"a {what} name may only contain alphanumeric, hyphens, underscores, or periods: '{name}' is no valid name");
        }
    }
}
