using FogInfra.Embedded.Kubernetes.Schema;

namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>The whole SDK: which source files there are.</summary>
internal static class Sdk
{
    /// <summary>The source files by their path.</summary>
    public static IReadOnlyDictionary<string, string> Write(KubernetesSchema schema)
    {
        var model = SdkModel.Of(schema);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in model.Resources)
        {
            files.Add($"Resources/{resource.Class.Namespace}/{resource.Class.Name}.cs", ResourceWriter.Write(resource, model));
        }

        foreach (var inputs in model.Inputs)
        {
            files.Add($"Inputs/{inputs.Namespace}/{inputs.ArgsName}.cs", InputWriter.Write(inputs, model));
        }

        foreach (var outputs in model.Outputs)
        {
            files.Add($"Outputs/{outputs.Namespace}/{outputs.Name}.cs", OutputWriter.Write(outputs, model));
        }

        foreach (var (name, values) in model.Enums)
        {
            files.Add($"Enums/{name}.cs", EnumWriter.Write(name, values));
        }

        return files;
    }
}
