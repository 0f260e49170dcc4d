using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Components;

/// <summary>A place on the earth, in degrees (WGS 84).</summary>
/// <param name="Latitude">From -90 to 90; north is positive.</param>
/// <param name="Longitude">From -180 to 180; east is positive.</param>
public sealed record GeographicLocation(double Latitude, double Longitude)
{
    /// <summary>Whether both are in their range.</summary>
    public bool IsValid => Latitude is >= -90 and <= 90 && Longitude is >= -180 and <= 180;
}

/// <summary>What a FogFlow node, in the cloud or at the edge, says of itself. It stands in the node's <c>config.json</c>.</summary>
public sealed record FogFlowSite
{
    /// <summary>The node's name among all nodes of the system (<c>site_id</c>).</summary>
    public required string SiteId { get; init; }

    /// <summary>Where the node stands (<c>physical_location</c>). By it FogFlow chooses the node nearest to what a task works on.</summary>
    public required GeographicLocation Location { get; init; }

    /// <summary>How many task instances the node's worker runs at most (<c>worker.capacity</c>).</summary>
    public int WorkerCapacity { get; init; } = 8;

    /// <summary>The problems of the record, in words; none when it can be used.</summary>
    internal IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(SiteId))
        {
            yield return "the site id is empty";
        }

        if (!Location.IsValid)
        {
            yield return $"{Location.Latitude}, {Location.Longitude} is no place on the earth";
        }

        if (WorkerCapacity < 0)
        {
            yield return $"a worker cannot have a capacity of {WorkerCapacity}";
        }
    }
}

/// <summary>By which addresses a FogFlow node is reached. They stand in the node's <c>config.json</c>.</summary>
public sealed record FogFlowAddresses
{
    /// <summary>
    /// Where edge nodes reach the core services in the cloud, its proxy and its message queue (<c>coreservice_ip</c>): mostly the public
    /// address of the cloud node.
    /// </summary>
    public required Input<string> CoreService { get; init; }

    /// <summary>Where other nodes reach this one (<c>external_hostip</c>). In the cloud it is the same as <see cref="CoreService"/>; null for that.</summary>
    public Input<string>? ExternalHost { get; init; }

    /// <summary>Where task instances of this node reach its broker (<c>internal_hostip</c>); null for the broker's name in its cluster.</summary>
    public Input<string>? InternalHost { get; init; }
}

/// <summary>By which user FogFlow's components come to the message queue.</summary>
public sealed record FogFlowMessaging
{
    /// <summary>The user.</summary>
    public string User { get; init; } = "fogflow";

    /// <summary>The password. It goes into Secrets only.</summary>
    public required Input<string> Password { get; init; }
}

/// <summary>The images of FogFlow's components, each a reference with a tag. The tags are those of FogFlow's own chart, which move: name others to stay at a version.</summary>
public sealed record FogFlowImages
{
    /// <summary>The graph database, of the designer's.</summary>
    public string Dgraph { get; init; } = "dgraph/standalone:v20.11.0";

    /// <summary>The message queue between master and workers.</summary>
    public string RabbitMQ { get; init; } = "rabbitmq:3.13";

    /// <summary>The directory of which broker has which entity.</summary>
    public string Discovery { get; init; } = "fogflow/discovery:k8s";

    /// <summary>The context broker.</summary>
    public string Broker { get; init; } = "fogflow/broker:k8s";

    /// <summary>The dashboard.</summary>
    public string Designer { get; init; } = "fogflow/designer:k8s";

    /// <summary>What decides which worker runs which task.</summary>
    public string Master { get; init; } = "fogflow/master:k8s";

    /// <summary>What runs tasks.</summary>
    public string Worker { get; init; } = "fogflow/worker:k8s";

    /// <summary>The proxy in front of the core services.</summary>
    public string Nginx { get; init; } = "nginx:1.29";
}

/// <summary>
/// A task instance that is always there: pods of an operator's image next to the node's broker, kept alive and taken to new versions as any
/// other service. Task instances that FogFlow's master orders at run time are started by the worker; see <see cref="FogFlowCloud"/>.
/// </summary>
public sealed record FogFlowTask
{
    /// <summary>The name; unique in its node.</summary>
    public required string Name { get; init; }

    /// <summary>The operator's image, a reference with a tag.</summary>
    public required string Image { get; init; }

    /// <summary>How many pods share the work.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>The port on which the broker notifies it of its input.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Variables of the operator's own.</summary>
    public ImmutableSortedDictionary<string, string> Config { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What it asks for and may use at most; what is not said is as its layer has it.</summary>
    public Resources Resources { get; init; } = new();
}
