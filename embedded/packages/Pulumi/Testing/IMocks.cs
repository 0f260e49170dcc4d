using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>Answers in place of the engine when a program is tested.</summary>
public interface IMocks
{
    /// <summary>Answers the registration, or the reading, of a resource or component. It is not called for the stack.</summary>
    /// <param name="args">The resource.</param>
    /// <returns>Its id (of a component: null), and its outputs as a dictionary.</returns>
    Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args);

    /// <summary>Answers the call of a function or method.</summary>
    /// <param name="args">The call.</param>
    /// <returns>What it gives, as a dictionary.</returns>
    Task<object> CallAsync(MockCallArgs args);

    /// <summary>Learns of the outputs that a component or the stack registers.</summary>
    /// <param name="args">The outputs.</param>
    Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args) => Task.CompletedTask;
}

/// <summary>A resource that a program under test registers or reads.</summary>
public class MockResourceArgs
{
    /// <summary>Its type.</summary>
    public string? Type { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Its inputs, without those that are null or unknown.</summary>
    public ImmutableDictionary<string, object> Inputs { get; set; } = null!;

    /// <summary>The reference of its provider; empty for none.</summary>
    public string? Provider { get; set; }

    /// <summary>The id by which it is read or imported; empty for a new one.</summary>
    public string? Id { get; set; }
}

/// <summary>A call that a program under test makes.</summary>
public class MockCallArgs
{
    /// <summary>The function or method.</summary>
    public string? Token { get; set; }

    /// <summary>Its arguments, without those that are null or unknown.</summary>
    public ImmutableDictionary<string, object> Args { get; set; } = null!;

    /// <summary>The reference of the provider; empty for none.</summary>
    public string? Provider { get; set; }
}

/// <summary>Outputs that a component or the stack of a program under test registers.</summary>
public class MockRegisterResourceOutputsRequest
{
#pragma warning disable CA1051 // The real type has fields.
    /// <summary>The URN of the component or stack.</summary>
    public readonly string Urn;

    /// <summary>The outputs.</summary>
    public readonly ImmutableDictionary<string, Output<object?>> Outputs;
#pragma warning restore CA1051

    /// <summary>Takes the outputs.</summary>
    /// <param name="urn">The URN of the component or stack.</param>
    /// <param name="outputs">The outputs.</param>
    public MockRegisterResourceOutputsRequest(string urn, ImmutableDictionary<string, Output<object?>> outputs)
    {
        Urn = urn;
        Outputs = outputs;
    }
}
