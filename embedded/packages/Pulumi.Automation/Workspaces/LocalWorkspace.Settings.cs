using Pulumi.Automation.Exceptions;

namespace Pulumi.Automation;

public sealed partial class LocalWorkspace
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <inheritdoc/>
    public override async Task<ProjectSettings?> GetProjectSettingsAsync(CancellationToken cancellationToken = default) =>
        await LoadAsync<ProjectSettings>(FindFile("Pulumi"), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override Task SaveProjectSettingsAsync(ProjectSettings settings, CancellationToken cancellationToken = default) =>
        SaveAsync(FindFile("Pulumi"), settings, cancellationToken);

    /// <inheritdoc/>
    public override async Task<StackSettings?> GetStackSettingsAsync(string stackName, CancellationToken cancellationToken = default) =>
        await LoadAsync<StackSettings>(FindStackFile(stackName), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override Task SaveStackSettingsAsync(string stackName, StackSettings settings, CancellationToken cancellationToken = default) =>
        SaveAsync(FindStackFile(stackName), settings, cancellationToken);

    private async Task InitializeProjectAsync(ProjectSettings settings, CancellationToken cancellationToken)
    {
        var existing = await GetProjectSettingsAsync(cancellationToken).ConfigureAwait(false);
        if (existing is null)
        {
            await SaveProjectSettingsAsync(settings, cancellationToken).ConfigureAwait(false);
        }
        else if (!IsSame(settings, ProjectSettings.Default(settings.Name)) && !IsSame(settings, existing))
        {
            throw new ProjectSettingsConflictException(FindFile("Pulumi"));
        }
    }

    private bool IsSame(ProjectSettings left, ProjectSettings right) => _serializer.SerializeYaml(left) == _serializer.SerializeYaml(right);

    /// <summary>The file that is there, or the one that would be made.</summary>
    private string FindFile(string name)
    {
        var paths = Extensions.Select(extension => Path.Combine(WorkDir, name + extension)).ToArray();
        return paths.FirstOrDefault(File.Exists) ?? paths[0];
    }

    // A stack's name may be ORGANIZATION/PROJECT/STACK.
    private string FindStackFile(string stackName) => FindFile($"Pulumi.{stackName.Split('/')[^1]}");

    private async Task<T?> LoadAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var content = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        return IsJson(path) ? _serializer.DeserializeJson<T>(content) : _serializer.DeserializeYaml<T>(content);
    }

    private Task SaveAsync<T>(string path, T settings, CancellationToken cancellationToken)
        where T : class => File.WriteAllTextAsync(
        path, IsJson(path) ? _serializer.SerializeJson(settings) : _serializer.SerializeYaml(settings), cancellationToken);

    private static bool IsJson(string path) => Path.GetExtension(path) == ".json";
}
