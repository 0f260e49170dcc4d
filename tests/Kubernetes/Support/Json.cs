using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Tests.Kubernetes.Support;

/// <summary>Short ways to write objects in tests.</summary>
internal static class Json
{
    public static KubeObject Object(string json) => KubeObject.Parse(json);

    public static PropertyMap Map(string json) => ObjectJson.Read(Object(json));

    public static string Text(PropertyValue value) => System.Text.Encoding.UTF8.GetString(ObjectJson.Write(value).Span);

    public static ResourceType Type(string token) => ResourceType.TryParse(token)!;

    public static ResourceType Deployment { get; } = Type("kubernetes:apps/v1:Deployment");

    public static ResourceType ConfigMap { get; } = Type("kubernetes:core/v1:ConfigMap");

    public static ResourceType Secret { get; } = Type("kubernetes:core/v1:Secret");

    public static ResourceType Service { get; } = Type("kubernetes:core/v1:Service");
}
