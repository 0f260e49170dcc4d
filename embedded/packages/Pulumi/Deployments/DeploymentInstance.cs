namespace Pulumi;

/// <summary>A deployment that runs.</summary>
public sealed class DeploymentInstance
{
    internal DeploymentInstance(ProgramRun program) => Program = program;

    /// <summary>The project.</summary>
    public string ProjectName => Program.Settings.Project;

    /// <summary>The stack's bare name.</summary>
    public string StackName => Program.Settings.Stack;

    /// <summary>The organization that the stack belongs to.</summary>
    public string OrganizationName => Program.Settings.Organization;

    /// <summary>The project's folder.</summary>
    /// <exception cref="InvalidOperationException">The engine did not say it, or the program runs inside an Automation API client.</exception>
    public string RootDirectory => Program.Settings.RootDirectory
        ?? throw new InvalidOperationException("The engine did not say where the project's folder is (PULUMI_ROOT_DIRECTORY).");

    /// <summary>Whether nothing is to be changed: a preview.</summary>
    public bool IsDryRun => Program.Settings.IsDryRun;

    internal ProgramRun Program { get; }

    /// <summary>Calls a function of a provider, when its arguments are there.</summary>
    /// <param name="token">The function, <c>package:module:name</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How it is called.</param>
    /// <returns>What it gives; unknown while an argument is.</returns>
    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options = null) =>
        Program.Invoker.Invoke<T>(token, args, options, package: null);

    /// <inheritdoc cref="Invoke{T}(string, InvokeArgs, InvokeOptions?)"/>
    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOutputOptions options) =>
        Program.Invoker.Invoke<T>(token, args, options, package: null);

    /// <inheritdoc cref="Invoke{T}(string, InvokeArgs, InvokeOptions?)"/>
    /// <param name="token">The function, <c>package:module:name</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How it is called.</param>
    /// <param name="registerPackageRequest">The package that it belongs to.</param>
    public Output<T> Invoke<T>(
        string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        Program.Invoker.Invoke<T>(token, args, options, registerPackageRequest);

    /// <inheritdoc cref="Invoke{T}(string, InvokeArgs, InvokeOptions?, RegisterPackageRequest?)"/>
    public Output<T> Invoke<T>(
        string token, InvokeArgs args, InvokeOutputOptions options, RegisterPackageRequest? registerPackageRequest) =>
        Program.Invoker.Invoke<T>(token, args, options, registerPackageRequest);

    /// <summary>Calls a function of a provider that gives one value, when its arguments are there.</summary>
    /// <inheritdoc cref="Invoke{T}(string, InvokeArgs, InvokeOptions?)"/>
    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOptions? options = null) =>
        Program.Invoker.InvokeSingle<T>(token, args, options, package: null);

    /// <inheritdoc cref="InvokeSingle{T}(string, InvokeArgs, InvokeOptions?)"/>
    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOutputOptions options) =>
        Program.Invoker.InvokeSingle<T>(token, args, options, package: null);

    /// <inheritdoc cref="InvokeSingle{T}(string, InvokeArgs, InvokeOptions?)"/>
    /// <param name="token">The function, <c>package:module:name</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How it is called.</param>
    /// <param name="registerPackageRequest">The package that it belongs to.</param>
    public Output<T> InvokeSingle<T>(
        string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        Program.Invoker.InvokeSingle<T>(token, args, options, registerPackageRequest);

    /// <inheritdoc cref="InvokeSingle{T}(string, InvokeArgs, InvokeOptions?, RegisterPackageRequest?)"/>
    public Output<T> InvokeSingle<T>(
        string token, InvokeArgs args, InvokeOutputOptions options, RegisterPackageRequest? registerPackageRequest) =>
        Program.Invoker.InvokeSingle<T>(token, args, options, registerPackageRequest);

    /// <summary>Calls a function of a provider.</summary>
    /// <param name="token">The function, <c>package:module:name</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How it is called.</param>
    /// <returns>What it gives, without what is known about it: whether it is secret, which resources it comes from.</returns>
    public Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) =>
        Program.Invoker.InvokeAsync<T>(token, args, options, package: null);

    /// <inheritdoc cref="InvokeAsync{T}(string, InvokeArgs, InvokeOptions?)"/>
    /// <param name="token">The function, <c>package:module:name</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How it is called.</param>
    /// <param name="registerPackageRequest">The package that it belongs to.</param>
    public Task<T> InvokeAsync<T>(
        string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        Program.Invoker.InvokeAsync<T>(token, args, options, registerPackageRequest);

    /// <summary>Calls a function of a provider that gives one value.</summary>
    /// <inheritdoc cref="InvokeAsync{T}(string, InvokeArgs, InvokeOptions?)"/>
    public Task<T> InvokeSingleAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) =>
        Program.Invoker.InvokeSingleAsync<T>(token, args, options, package: null);

    /// <inheritdoc cref="InvokeSingleAsync{T}(string, InvokeArgs, InvokeOptions?)"/>
    /// <param name="token">The function, <c>package:module:name</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How it is called.</param>
    /// <param name="registerPackageRequest">The package that it belongs to.</param>
    public Task<T> InvokeSingleAsync<T>(
        string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        Program.Invoker.InvokeSingleAsync<T>(token, args, options, registerPackageRequest);

    /// <summary>Calls a function of a provider for its effect.</summary>
    /// <param name="token">The function, <c>package:module:name</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How it is called.</param>
    public Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options = null) =>
        Program.Invoker.InvokeAsync(token, args, options, package: null);

    /// <inheritdoc cref="InvokeAsync(string, InvokeArgs, InvokeOptions?)"/>
    /// <param name="token">The function, <c>package:module:name</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How it is called.</param>
    /// <param name="registerPackageRequest">The package that it belongs to.</param>
    public Task InvokeAsync(
        string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        Program.Invoker.InvokeAsync(token, args, options, registerPackageRequest);

    /// <summary>Calls a method of a resource.</summary>
    /// <param name="token">The method, <c>package:module:Type/name</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="self">The resource.</param>
    /// <param name="options">How it is called, where it is no method of a resource.</param>
    /// <returns>What it gives.</returns>
    public Output<T> Call<T>(string token, CallArgs args, Resource? self = null, CallOptions? options = null) =>
        Program.Caller.Call<T>(token, args, self, options, package: null);

    /// <inheritdoc cref="Call{T}(string, CallArgs, Resource?, CallOptions?)"/>
    /// <param name="token">The method, <c>package:module:Type/name</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="self">The resource.</param>
    /// <param name="options">How it is called, where it is no method of a resource.</param>
    /// <param name="registerPackageRequest">The package that it belongs to.</param>
    public Output<T> Call<T>(
        string token, CallArgs args, Resource? self, CallOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        Program.Caller.Call<T>(token, args, self, options, registerPackageRequest);

    /// <summary>Calls a method of a resource for its effect.</summary>
    /// <param name="token">The method, <c>package:module:Type/name</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="self">The resource.</param>
    /// <param name="options">How it is called, where it is no method of a resource.</param>
    public void Call(string token, CallArgs args, Resource? self = null, CallOptions? options = null) =>
        Program.Caller.Call<object>(token, args, self, options, package: null);

    /// <inheritdoc cref="Call(string, CallArgs, Resource?, CallOptions?)"/>
    /// <param name="token">The method, <c>package:module:Type/name</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="self">The resource.</param>
    /// <param name="options">How it is called, where it is no method of a resource.</param>
    /// <param name="registerPackageRequest">The package that it belongs to.</param>
    public void Call(
        string token, CallArgs args, Resource? self, CallOptions? options, RegisterPackageRequest? registerPackageRequest) =>
        Program.Caller.Call<object>(token, args, self, options, registerPackageRequest);

    /// <summary>Lets every call of a provider's function from here on be changed.</summary>
    /// <param name="transform">What changes it.</param>
    public void RegisterInvokeTransform(InvokeTransform transform) => Program.Transforms.Register(transform);
}
