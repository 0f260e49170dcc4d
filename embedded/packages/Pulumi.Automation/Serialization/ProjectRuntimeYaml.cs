using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Pulumi.Automation.Serialization;

/// <summary>A runtime in YAML: its name, or a map with name and options. Options that this library does not know are an error.</summary>
internal sealed class ProjectRuntimeYaml : IYamlTypeConverter
{
    public bool Accepts(Type type) => type == typeof(ProjectRuntime);

    public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        if (parser.TryConsume<Scalar>(out var only))
        {
            return new ProjectRuntime(ReadName(only));
        }

        ProjectRuntimeName? name = null;
        ProjectRuntimeOptions? options = null;
        var start = parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            switch (key.Value)
            {
                case "name":
                    name = ReadName(parser.Consume<Scalar>());
                    break;
                case "options":
                    options = ReadOptions(parser);
                    break;
                default:
                    throw new YamlException(key.Start, key.End, $"A runtime has no '{key.Value}'; it has 'name' and 'options'.");
            }
        }

        return name is { } known
            ? new ProjectRuntime(known) { Options = options }
            : throw new YamlException(start.Start, start.End, "A runtime must have a 'name'.");
    }

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer)
    {
        if (value is not ProjectRuntime runtime)
        {
            return;
        }

        var name = ProjectRuntimeJson.WriteName(runtime.Name);
        if (runtime.Options is null)
        {
            emitter.Emit(new Scalar(name));
            return;
        }

        emitter.Emit(new MappingStart());
        WritePair(emitter, "name", name);
        emitter.Emit(new Scalar("options"));
        emitter.Emit(new MappingStart());
        WritePair(emitter, "binary", runtime.Options.Binary);
        WritePair(emitter, "typescript", runtime.Options.TypeScript?.ToString(CultureInfo.InvariantCulture).ToLowerInvariant());
        WritePair(emitter, "virtualenv", runtime.Options.VirtualEnv);
        emitter.Emit(new MappingEnd());
        emitter.Emit(new MappingEnd());
    }

    private static ProjectRuntimeOptions ReadOptions(IParser parser)
    {
        var options = new ProjectRuntimeOptions();
        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            var value = parser.Consume<Scalar>();
            switch (key.Value.ToLowerInvariant())
            {
                case "binary":
                    options.Binary = value.Value;
                    break;
                case "typescript":
                    options.TypeScript = bool.TryParse(value.Value, out var flag)
                        ? flag
                        : throw new YamlException(value.Start, value.End, "The runtime option 'typescript' must be true or false.");
                    break;
                case "virtualenv":
                    options.VirtualEnv = value.Value;
                    break;
                default:
                    throw new YamlException(
                        key.Start, key.End, $"A runtime has no option '{key.Value}'; it has 'binary', 'typescript' and 'virtualenv'.");
            }
        }

        return options;
    }

    private static ProjectRuntimeName ReadName(Scalar name) =>
        Enum.TryParse<ProjectRuntimeName>(name.Value, ignoreCase: true, out var known)
            ? known
            : throw new YamlException(name.Start, name.End, ProjectRuntimeJson.Unknown(name.Value));

    private static void WritePair(IEmitter emitter, string key, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            emitter.Emit(new Scalar(key));
            emitter.Emit(new Scalar(value));
        }
    }
}
