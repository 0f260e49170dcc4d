namespace Pulumi;

/// <summary>A resource that a provider creates, reads, updates and deletes.</summary>
public class CustomResource : Resource
{
    /// <summary>Registers a resource.</summary>
    /// <param name="type">Its type, <c>package:module:Name</c>.</param>
    /// <param name="name">Its name; the type and the name are unique below a parent's type.</param>
    /// <param name="args">Its inputs.</param>
    /// <param name="options">How it is managed.</param>
    public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : base(type, name, args ?? ResourceArgs.Empty, options ?? new CustomResourceOptions())
    {
    }

    /// <summary>Registers a resource of a parameterized package.</summary>
    /// <param name="type">Its type, <c>package:module:Name</c>.</param>
    /// <param name="name">Its name; the type and the name are unique below a parent's type.</param>
    /// <param name="args">Its inputs.</param>
    /// <param name="options">How it is managed.</param>
    /// <param name="registerPackageRequest">The package that it belongs to.</param>
    public CustomResource(
        string type,
        string name,
        ResourceArgs? args,
        CustomResourceOptions? options = null,
        RegisterPackageRequest? registerPackageRequest = null)
        : base(type, name, args ?? ResourceArgs.Empty, options ?? new CustomResourceOptions(), package: registerPackageRequest)
    {
    }

    private protected CustomResource(string type)
        : base(type)
    {
    }

    /// <summary>What the provider calls the resource; unknown until it is created.</summary>
    [Output(OutputSlots.Id)]
    public Output<string> Id { get; private protected set; } = null!;
}
