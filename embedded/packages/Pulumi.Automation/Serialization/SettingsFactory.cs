using YamlDotNet.Serialization.ObjectFactories;

namespace Pulumi.Automation.Serialization;

/// <summary>Makes the objects that YAML is read into; a project's constructor for that is internal.</summary>
internal sealed class SettingsFactory : ObjectFactoryBase
{
    private static readonly DefaultObjectFactory Others = new();

    public override object Create(Type type) =>
        type == typeof(ProjectSettings) ? new ProjectSettings() : Others.Create(type);
}
