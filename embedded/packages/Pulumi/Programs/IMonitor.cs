namespace Pulumi;

/// <summary>The side of the engine that a program registers its resources with.</summary>
internal interface IMonitor
{
    Task<Wire.SupportsFeatureResponse> SupportsFeatureAsync(Wire.SupportsFeatureRequest request);

    Task<Wire.RegisterResourceResponse> RegisterResourceAsync(Resource resource, Wire.RegisterResourceRequest request);

    Task<Wire.ReadResourceResponse> ReadResourceAsync(Resource resource, Wire.ReadResourceRequest request);

    Task RegisterResourceOutputsAsync(Wire.RegisterResourceOutputsRequest request);

    Task<Wire.ResourceInvokeResponse> InvokeAsync(Wire.ResourceInvokeRequest request);

    Task<Wire.CallResponse> CallAsync(Wire.ResourceCallRequest request);

    Task<Wire.RegisterPackageResponse> RegisterPackageAsync(Wire.RegisterPackageRequest request);

    Task RegisterStackInvokeTransformAsync(Wire.Callback callback);

    Task RegisterResourceHookAsync(Wire.RegisterResourceHookRequest request);

    Task RegisterErrorHookAsync(Wire.RegisterErrorHookRequest request);

    /// <summary>Says that nothing more will be registered; ends when the engine has done the deletes.</summary>
    Task SignalAndWaitForShutdownAsync();
}

/// <summary>The side of the engine that a program reports to.</summary>
internal interface IEngine
{
    Task LogAsync(Wire.LogRequest request);

    Task RequirePulumiVersionAsync(Wire.RequirePulumiVersionRequest request);
}
