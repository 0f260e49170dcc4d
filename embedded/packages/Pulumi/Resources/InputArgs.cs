using System.Collections.Immutable;
using System.Reflection;
using FogInfra.Embedded.Protocol.Values;

namespace Pulumi;

/// <summary>Arguments: their properties and fields with <see cref="InputAttribute"/> are sent to the engine.</summary>
public abstract class InputArgs
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Makes arguments without values.</summary>
    protected InputArgs()
    {
    }

    /// <summary>The values by the names that the engine knows them by.</summary>
    /// <param name="path">Where the arguments stand, for errors.</param>
    /// <exception cref="ArgumentNullException">A required value is missing.</exception>
    internal virtual ImmutableDictionary<string, object?> ToDictionary(string path)
    {
        var values = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var (member, mark) in FindInputs())
        {
            var value = member is PropertyInfo property ? property.GetValue(this) : ((FieldInfo)member).GetValue(this);
            if (value is null && mark.IsRequired)
            {
                throw new ArgumentNullException(
                    member.Name, $"{path}.{mark.Name} is required, but {GetType().FullName}.{member.Name} has no value.");
            }

            values.Add(mark.Name, mark.IsJson && value is not null ? ToJson($"{path}.{mark.Name}", value) : value);
        }

        return values.ToImmutable();
    }

    private IEnumerable<(MemberInfo Member, InputAttribute Mark)> FindInputs() =>
        from member in GetType().GetFields(Members).Concat<MemberInfo>(GetType().GetProperties(Members))
        let mark = member.GetCustomAttribute<InputAttribute>()
        where mark is not null
        select (member, mark);

    private static Output<string> ToJson(string path, object value)
    {
        return new(WriteAsync());

        async Task<OutputState<string>> WriteAsync()
        {
            var writer = new ValueWriter();
            var written = await writer.WriteAsync(path, value).ConfigureAwait(false);
            var state = new OutputState<string>("", !written.ContainsUnknowns, written.ContainsSecrets, [.. writer.Dependencies]);
            return state.IsKnown ? state.With(PlainJson.ToJson(written)?.ToJsonString() ?? "null") : state;
        }
    }
}

/// <summary>Arguments of a resource.</summary>
public abstract class ResourceArgs : InputArgs
{
    /// <summary>No arguments.</summary>
    public static readonly ResourceArgs Empty = new NoArgs();

    /// <summary>Makes arguments without values.</summary>
    protected ResourceArgs()
    {
    }

    private sealed class NoArgs : ResourceArgs;
}

/// <summary>Arguments of a provider's function.</summary>
public abstract class InvokeArgs : InputArgs
{
    /// <summary>No arguments.</summary>
    public static readonly InvokeArgs Empty = new NoArgs();

    /// <summary>Makes arguments without values.</summary>
    protected InvokeArgs()
    {
    }

    private sealed class NoArgs : InvokeArgs;
}

/// <summary>Arguments of a resource's method.</summary>
public abstract class CallArgs : InputArgs
{
    /// <summary>No arguments.</summary>
    public static readonly CallArgs Empty = new NoArgs();

    /// <summary>Makes arguments without values.</summary>
    protected CallArgs()
    {
    }

    private sealed class NoArgs : CallArgs;
}
