using System.Collections.Immutable;

namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>
/// What a kubeconfig says, or several merged ones. The format is described at
/// <see href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/"/>.
/// </summary>
/// <param name="Source">Where it comes from, for messages: a path, or words.</param>
/// <param name="Clusters">The API servers.</param>
/// <param name="Users">The credentials.</param>
/// <param name="Contexts">Pairs of a cluster and a user.</param>
/// <param name="CurrentContext">The context to use when none is named, or null.</param>
public sealed record Kubeconfig(
    string Source,
    ImmutableArray<KubeconfigCluster> Clusters,
    ImmutableArray<KubeconfigUser> Users,
    ImmutableArray<KubeconfigContext> Contexts,
    string? CurrentContext)
{
    /// <summary>A kubeconfig that says nothing.</summary>
    public static Kubeconfig Empty(string source) => new(source, [], [], [], null);

    /// <summary>This one, with what the other has under names that this one lacks.</summary>
    public Kubeconfig MergedWith(Kubeconfig other) => new(
        Source == "" ? other.Source : $"{Source}, {other.Source}",
        [.. Clusters, .. other.Clusters.Where(cluster => Clusters.All(known => known.Name != cluster.Name))],
        [.. Users, .. other.Users.Where(user => Users.All(known => known.Name != user.Name))],
        [.. Contexts, .. other.Contexts.Where(context => Contexts.All(known => known.Name != context.Name))],
        CurrentContext ?? other.CurrentContext);
}

/// <summary>An API server.</summary>
public sealed record KubeconfigCluster
{
    /// <summary>The entry's name.</summary>
    public required string Name { get; init; }

    /// <summary>The address of the API server.</summary>
    public required Uri Server { get; init; }

    /// <summary>The certificates that the server's certificate must descend from; null for the machine's own.</summary>
    public PemSource? CertificateAuthority { get; init; }

    /// <summary>The server's certificate is not checked.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>The name that the server's certificate must be for, where it is not the server's host.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The proxy to reach the server by; null for the one of the environment, if any.</summary>
    public Uri? ProxyUrl { get; init; }
}

/// <summary>How to prove who one is.</summary>
public sealed record KubeconfigUser
{
    /// <summary>The entry's name.</summary>
    public required string Name { get; init; }

    /// <summary>The client certificate.</summary>
    public PemSource? ClientCertificate { get; init; }

    /// <summary>The client certificate's private key.</summary>
    public PemSource? ClientKey { get; init; }

    /// <summary>A bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>A file that holds a bearer token, read again as it may change.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A user name for basic authentication.</summary>
    public string? Username { get; init; }

    /// <summary>A password for basic authentication.</summary>
    public string? Password { get; init; }

    /// <summary>A program that prints credentials.</summary>
    public ExecPlugin? Exec { get; init; }

    /// <summary>The user to act as, or null.</summary>
    public string? ImpersonateUser { get; init; }

    /// <summary>The groups to act with.</summary>
    public ImmutableArray<string> ImpersonateGroups { get; init; } = [];

    /// <summary>The name only: the rest is secret.</summary>
    public override string ToString() => $"user {Name}";
}

/// <summary>A pair of a cluster and a user.</summary>
/// <param name="Name">The entry's name.</param>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="User">The user's name, or null for nobody.</param>
/// <param name="Namespace">The namespace to use when none is named, or null.</param>
public sealed record KubeconfigContext(string Name, string Cluster, string? User, string? Namespace);

/// <summary>Certificates or a key in PEM form: the bytes themselves, or a file that holds them.</summary>
/// <param name="Field">The field, for messages.</param>
/// <param name="Data">The bytes, or null.</param>
/// <param name="File">The file's full path, or null.</param>
public sealed record PemSource(string Field, byte[]? Data, string? File)
{
    /// <summary>The field only: the bytes may be secret.</summary>
    public override string ToString() => Field;
}

/// <summary>A program that prints credentials, by the protocol <c>client.authentication.k8s.io</c>.</summary>
public sealed record ExecPlugin
{
    /// <summary>The protocol's version that the program is to speak, for example <c>client.authentication.k8s.io/v1</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The program: a full path, or a name that is looked up on PATH.</summary>
    public required string Command { get; init; }

    /// <summary>Its arguments.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Environment variables that are set for it, beside those of this process.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>What to tell the user when the program is not installed.</summary>
    public string? InstallHint { get; init; }

    /// <summary>The program is told of the cluster.</summary>
    public bool ProvideClusterInfo { get; init; }

    /// <summary>The command only: arguments and environment may be secret.</summary>
    public override string ToString() => Command;
}
