using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Components;

/// <summary>A server of a web application: its image, and how it is talked to.</summary>
public sealed record WebServer
{
    /// <summary>The image, a reference with a tag.</summary>
    public required string Image { get; init; }

    /// <summary>The port that it listens on. It is told by the variables <c>HOST</c> and <c>PORT</c>.</summary>
    public required int Port { get; init; }

    /// <summary>The path that answers while it lives.</summary>
    public string LivePath { get; init; } = "/health/live";

    /// <summary>The path that answers while it can take requests.</summary>
    public string ReadyPath { get; init; } = "/health/ready";

    /// <summary>Variables of its own.</summary>
    public ImmutableSortedDictionary<string, string> Config { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>The arguments of a <see cref="WebApplication"/>.</summary>
public sealed class WebApplicationArgs : ResourceArgs
{
    /// <summary>The application's name, and that of its namespace.</summary>
    public required string Application { get; init; }

    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>The server of the interface for programs.</summary>
    public required WebServer Backend { get; init; }

    /// <summary>The server of the pages.</summary>
    public required WebServer Frontend { get; init; }

    /// <summary>The environment: it decides what is laid over the base.</summary>
    public required WebEnvironment Environment { get; init; }

    /// <summary>What is laid over the base; null for <see cref="WebApplicationOverlay.Of"/> of the environment.</summary>
    public WebApplicationOverlay? Overlay { get; init; }

    /// <summary>The cluster's layer; null for <see cref="Layer.Cloud"/> in development and <see cref="Layer.Edge"/> elsewhere.</summary>
    public Layer? Layer { get; init; }

    /// <summary>The proxy's image: an nginx that needs no root.</summary>
    public string ProxyImage { get; init; } = "nginxinc/nginx-unprivileged:1.29";

    /// <summary>The beginning of the paths that go to the backend.</summary>
    public string ApiPath { get; init; } = "/api/";

    /// <summary>Beginnings of paths of the frontend whose answers may be kept.</summary>
    public ImmutableArray<string> StaticPaths { get; init; } = ["/_astro/", "/assets/"];

    /// <summary>The host name under which an ingress controller takes requests; null for no ingress.</summary>
    public string? Host { get; init; }

    /// <summary>The Secret with the certificate of <see cref="Host"/>; null for plain HTTP.</summary>
    public string? TlsSecret { get; init; }

    /// <summary>Addresses of the cluster's nodes by which the proxy is reached from outside.</summary>
    public ImmutableArray<string> ExternalIPs { get; init; } = [];

    /// <summary>How the application is kept apart from what else runs in the cluster.</summary>
    public Isolation Isolation { get; init; } = new();
}

/// <summary>
/// A web application from the cloud to the edge: a backend, a frontend that makes its pages on the server, and a reverse proxy in front of the
/// two with routes and rate limits. The base is the same everywhere; each environment lays over it what is different there.
/// </summary>
public sealed class WebApplication : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:web:WebApplication";

    /// <summary>The name of the backend's service.</summary>
    public const string Backend = "backend";

    /// <summary>The name of the frontend's service.</summary>
    public const string Frontend = "frontend";

    /// <summary>The name of the proxy's service.</summary>
    public const string Proxy = "proxy";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What the application is.</param>
    /// <param name="options">Its options; the provider among them decides the cluster.</param>
    public WebApplication(string name, WebApplicationArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var application = new LayeredApplication(
            name, new LayeredApplicationArgs { Workload = WorkloadOf(args) }, new ComponentResourceOptions { Parent = this });
        Namespace = application.Namespace;
        Services = application.Services;
        Healthy = application.Healthy;
        Endpoint = application.Services[Proxy].Endpoint;
        ExternalEndpoint = application.Services[Proxy].ExternalEndpoint;
        RegisterOutputs(new Dictionary<string, object?>
        {
            ["endpoint"] = Endpoint,
            ["externalEndpoint"] = ExternalEndpoint,
            ["healthy"] = Healthy,
        });
    }

    /// <summary>The namespace, known once it exists.</summary>
    public Output<string> Namespace { get; }

    /// <summary><c>HOST:PORT</c> of the proxy inside the cluster.</summary>
    public Output<string> Endpoint { get; }

    /// <summary><c>HOST:PORT</c> of the proxy outside of the cluster; empty where it is not reached from there.</summary>
    public Output<string> ExternalEndpoint { get; }

    /// <summary>The services by name.</summary>
    public ImmutableSortedDictionary<string, ApplicationService> Services { get; }

    /// <summary>Whether every service had all its pods ready when it was last looked at.</summary>
    public Output<bool> Healthy { get; }

    /// <summary>What the application consists of in its environment, for example to have it monitored.</summary>
    public static ClusterWorkload WorkloadOf(WebApplicationArgs args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return new ClusterWorkload
        {
            Application = args.Application,
            Namespace = args.Application,
            Cluster = args.Cluster,
            Layer = args.Layer ?? (args.Environment == WebEnvironment.Development ? Model.Layer.Cloud : Model.Layer.Edge),
            Isolation = args.Isolation,
            Services = WebApplicationParts.Of(args),
        };
    }
}
