using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Something that a deployment manages. Making the object registers the resource with the engine.</summary>
public class Resource
{
    private readonly string _type;
    private readonly string _name;
    private readonly HashSet<Resource> _children = [];
    private readonly Lock _childrenLock = new();
    private readonly InheritedOptions _inherited;

    private protected Resource(
        string type,
        string name,
        ResourceArgs args,
        ResourceOptions options,
        bool remote = false,
        RegisterPackageRequest? package = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentException.ThrowIfNullOrEmpty(name);
        _type = type;
        _name = name;
        var program = ProgramRun.Current;
        // First of all, so that no other thread meets the resource without its outputs.
        Slots = OutputSlots.Fill(this, filledByEngine: this is CustomResource || remote || options.Urn is not null, program.OutputTypes);

        // A resource that the engine only tells about has no place below the stack.
        var transformer = options.Parent ?? (this is Stack || options.Urn is not null ? null : program.Stack);
        var transformations = options.ResourceTransformations.ToImmutableArray().AddRange(transformer?._inherited.Transformations ?? []);
        (args, options) = ResourceTransformations.Run(transformations, this, args, options);

        options = options.Clone();
        _inherited = InheritedOptions.For(this, options, transformations);
        options.Parent?.AddChild(this);
        options.Protect = _inherited.Protect;
        options.Provider ??= this is CustomResource ? _inherited.ProviderFor(type) : null;
        Options = options;
        program.Registrar.Register(this, remote, args, options, package);
    }

    /// <summary>Makes an object that only stands for a resource, without registering anything.</summary>
    private protected Resource(string type)
    {
        _type = type;
        _name = "";
        _inherited = InheritedOptions.None;
        Slots = ImmutableDictionary<string, IOutputSlot>.Empty;
        Options = new CustomResourceOptions();
    }

    /// <summary>The resource's name in all of Pulumi.</summary>
    [Output(OutputSlots.Urn)]
    public Output<string> Urn { get; private protected set; } = null!;

    internal ImmutableDictionary<string, IOutputSlot> Slots { get; }

    /// <summary>The options that the resource was registered with.</summary>
    internal ResourceOptions Options { get; }

    /// <summary>The resources whose options name this one as parent, at this moment.</summary>
    internal IReadOnlyCollection<Resource> Children
    {
        get
        {
            lock (_childrenLock)
            {
                return [.. _children];
            }
        }
    }

    /// <summary>The type that the resource was made with.</summary>
    public string GetResourceType() => _type;

    /// <summary>The name that the resource was made with.</summary>
    public string GetResourceName() => _name;

    /// <summary>The provider that children of a type, and functions of its package, get from this resource.</summary>
    /// <param name="token">A type or function, <c>package:module:Name</c>.</param>
    internal ProviderResource? FindProvider(string token) => _inherited.ProviderFor(token);

    internal InheritedOptions Inherited => _inherited;

    private void AddChild(Resource child)
    {
        lock (_childrenLock)
        {
            _children.Add(child);
        }
    }
}
