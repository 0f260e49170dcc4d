using System.Reflection;

namespace Pulumi;

/// <summary>
/// A resource that groups others. Derive from it, make the children with this one as their parent, then call RegisterOutputs.
/// </summary>
public class ComponentResource : Resource
{
    /// <summary>Registers a component.</summary>
    /// <param name="type">Its type, <c>package:module:Name</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="options">How it is managed.</param>
    public ComponentResource(string type, string name, ComponentResourceOptions? options = null)
        : this(type, name, ResourceArgs.Empty, options)
    {
    }

    /// <summary>Registers a component with inputs.</summary>
    /// <param name="type">Its type, <c>package:module:Name</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its inputs.</param>
    /// <param name="options">How it is managed.</param>
    /// <param name="remote">Whether a provider makes its children.</param>
    public ComponentResource(string type, string name, ResourceArgs? args, ComponentResourceOptions? options = null, bool remote = false)
        : this(type, name, args, options, remote, registerPackageRequest: null)
    {
    }

    /// <summary>Registers a component of a parameterized package.</summary>
    /// <param name="type">Its type, <c>package:module:Name</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its inputs.</param>
    /// <param name="options">How it is managed.</param>
    /// <param name="remote">Whether a provider makes its children.</param>
    /// <param name="registerPackageRequest">The package that it belongs to.</param>
    public ComponentResource(
        string type,
        string name,
        ResourceArgs? args,
        ComponentResourceOptions? options,
        bool remote,
        RegisterPackageRequest? registerPackageRequest = null)
        : base(type, name, args ?? ResourceArgs.Empty, options ?? new ComponentResourceOptions(), remote, registerPackageRequest) =>
        IsRemote = remote;

    /// <summary>Whether a provider makes its children.</summary>
    internal bool IsRemote { get; }

    /// <summary>Says that all children are made, and gives the properties with <see cref="OutputAttribute"/> to the engine.</summary>
    protected void RegisterOutputs() => RegisterOutputs(
        (from property in GetType().GetProperties()
         where property.Name != nameof(Urn)
         let mark = property.GetCustomAttribute<OutputAttribute>()
         where mark is not null
         select KeyValuePair.Create(string.IsNullOrWhiteSpace(mark.Name) ? property.Name : mark.Name, property.GetValue(this)))
        .ToDictionary());

    /// <summary>Says that all children are made, and gives outputs to the engine.</summary>
    /// <param name="outputs">The outputs by name.</param>
    protected void RegisterOutputs(IDictionary<string, object?> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        RegisterOutputs(Output.Create(outputs));
    }

    /// <summary>Says that all children are made when the task ends, and gives outputs to the engine.</summary>
    /// <param name="outputs">The outputs by name.</param>
    protected void RegisterOutputs(Task<IDictionary<string, object?>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        RegisterOutputs(Output.Create(outputs));
    }

    /// <summary>Says that all children are made when the output settles, and gives outputs to the engine.</summary>
    /// <param name="outputs">The outputs by name.</param>
    protected void RegisterOutputs(Output<IDictionary<string, object?>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ProgramRun.Current.Registrar.RegisterOutputs(this, outputs);
    }
}
