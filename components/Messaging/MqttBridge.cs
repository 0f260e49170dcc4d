using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Pulumi;

namespace FogInfra.Components;

/// <summary>Which way messages go over a bridge, seen from the broker that has it.</summary>
public enum MqttDirection
{
    /// <summary>From this broker to the other.</summary>
    Out,

    /// <summary>From the other broker to this one.</summary>
    In,

    /// <summary>Both ways.</summary>
    Both,
}

/// <summary>Topics that a bridge carries.</summary>
/// <param name="Pattern">The topics, with the wildcards of MQTT: <c>+</c> for a level, <c>#</c> for all that follow.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Quality">The quality of service: 0 at most once, 1 at least once, 2 exactly once.</param>
public sealed record MqttTopic(string Pattern, MqttDirection Direction, int Quality = 1);

/// <summary>The way from a broker to one further in. It is opened from here, so that nothing needs to reach the edge from outside.</summary>
public sealed record MqttBridge
{
    /// <summary><c>HOST:PORT</c> of the other broker.</summary>
    public required Input<string> Address { get; init; }

    /// <summary>The topics that it carries.</summary>
    public required ImmutableArray<MqttTopic> Topics { get; init; }

    /// <summary>By which user it comes to the other broker; null for none.</summary>
    public string? User { get; init; }

    /// <summary>The user's password; null for none. It goes into a Secret only.</summary>
    public Input<string>? Password { get; init; }

    /// <summary>The certificate of the authority that the other broker's is of (PEM); null for a connection without TLS.</summary>
    public Input<string>? Authority { get; init; }
}

/// <summary>Configurations of Mosquitto. Plain functions over plain values.</summary>
internal static class MqttConfiguration
{
    public const string Path = "/mosquitto/config/mosquitto.conf";
    public const string BridgePath = "/mosquitto/bridge/bridge.conf";
    public const string AuthorityPath = "/mosquitto/trust/authority.crt";
    public const string PasswordsPath = "/mosquitto/users/passwords";
    public const string DataPath = "/mosquitto/data";

    // The greatest number that the packet format leaves room for (MQTT 3.1.1, 1.5.3).
    private const int LongestTopic = 65535;

    /// <summary>The broker's own part.</summary>
    public static string Broker(int port, bool withPasswords, bool withBridge)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"listener {port}\npersistence true\npersistence_location {DataPath}/\nlog_dest stdout\n");
        text.Append(withPasswords ? $"allow_anonymous false\npassword_file {PasswordsPath}\n" : "allow_anonymous true\n");
        if (withBridge)
        {
            text.Append("include_dir /mosquitto/bridge\n");
        }

        return text.ToString();
    }

    /// <summary>The bridge's part. Its messages wait while the other broker is away: the session is kept, and the client's name is always the same.</summary>
    public static string Bridge(string name, string address, MqttBridge bridge, string? password)
    {
        Check(bridge);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"connection {name}\naddress {address}\nremote_clientid {name}\ncleansession false\ntry_private true\nrestart_timeout 5 60\n");
        if (bridge.User is { } user)
        {
            text.Append(CultureInfo.InvariantCulture, $"remote_username {user}\n");
        }

        if (password is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"remote_password {Line(password)}\n");
        }

        if (bridge.Authority is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"bridge_cafile {AuthorityPath}\n");
        }

        foreach (var topic in bridge.Topics)
        {
            var direction = topic.Direction switch { MqttDirection.Out => "out", MqttDirection.In => "in", _ => "both" };
            text.Append(CultureInfo.InvariantCulture, $"topic {topic.Pattern} {direction} {topic.Quality}\n");
        }

        return text.ToString();
    }

    private static void Check(MqttBridge bridge)
    {
        if (bridge.Topics.IsEmpty)
        {
            throw new ArgumentException("A bridge without topics carries nothing.", nameof(bridge));
        }

        foreach (var topic in bridge.Topics.Where(topic => !IsTopic(topic.Pattern) || topic.Quality is < 0 or > 2))
        {
            throw new ArgumentException($"'{topic.Pattern}' with quality {topic.Quality} cannot be bridged: expected levels between '/', '+' as a level of its own, '#' as the last, and a quality from 0 to 2.", nameof(bridge));
        }
    }

    // MQTT 3.1.1, 4.7.1; without spaces, because the configuration separates by them.
    private static bool IsTopic(string pattern)
    {
        var levels = pattern.Split('/');
        return pattern.Length is > 0 and <= LongestTopic
            && !pattern.Any(char.IsWhiteSpace)
            && levels.Select((level, index) => level switch
            {
                "+" => true,
                "#" => index == levels.Length - 1,
                _ => !level.Contains('+') && !level.Contains('#'),
            }).All(fits => fits);
    }

    private static string Line(string value) => value.Contains('\n') || value.Contains('\r')
        ? throw new ArgumentException("A password of several lines cannot be written into a configuration.", nameof(value))
        : value;
}
