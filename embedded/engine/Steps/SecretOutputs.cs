using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Steps;

/// <summary>Marks outputs as secret that a provider gave without saying so.</summary>
internal static class SecretOutputs
{
    /// <summary>The property that cannot be secret: the id is part of references.</summary>
    public const string IdKey = "id";

    /// <summary>The state with outputs marked: those that the program calls secret, and those that repeat a secret input.</summary>
    public static ResourceState Mark(ResourceState state)
    {
        var secret = state.Outputs
            .Where(pair => pair.Value is not PropertyValue.Secret && pair.Key != IdKey
                && (state.AdditionalSecretOutputs.Contains(pair.Key) || state.Inputs[pair.Key] is PropertyValue.Secret))
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.AsSecret()))
            .ToArray();
        return secret.Length == 0 ? state : state with { Outputs = state.Outputs.With(new PropertyMap(secret)) };
    }
}
