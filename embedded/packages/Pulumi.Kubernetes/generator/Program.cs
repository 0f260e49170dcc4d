using FogInfra.Embedded.Kubernetes.Schema;
using FogInfra.Embedded.Kubernetes.SdkGenerator;

if (args is not [var folder])
{
    Console.Error.WriteLine("usage: FogInfra.Embedded.Kubernetes.SdkGenerator <output folder>");
    return 2;
}

var files = Sdk.Write(KubernetesSchema.BuiltIn);
var changed = SourceFolder.Replace(folder, files);
Console.WriteLine($"{files.Count} files for Kubernetes {KubernetesSchema.BuiltIn.Release}, {changed} of them changed.");
return 0;
