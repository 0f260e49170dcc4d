namespace Pulumi;

/// <summary>Keeps a value in the stack's state: the first that it is given.</summary>
public sealed class Stash : CustomResource
{
    /// <summary>Registers a stash.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">The value.</param>
    /// <param name="options">How it is managed.</param>
    public Stash(string name, StashArgs args, CustomResourceOptions? options = null)
        : base("pulumi:index:Stash", name, args, options)
    {
    }

    /// <summary>The value that is given now.</summary>
    [Output("input")]
    public Output<object> Input { get; private set; } = null!;

    /// <summary>The value that is kept.</summary>
    [Output("output")]
    public Output<object> Output { get; private set; } = null!;
}

/// <summary>The value of a <see cref="Stash"/>.</summary>
public sealed class StashArgs : ResourceArgs
{
    /// <summary>The value.</summary>
    [Input("input", required: true)]
    public Input<object> Input { get; set; } = null!;
}
