using FogInfra.SampleService;

// The version is that of the image, which says it by a variable; outside of an image it is the program's own.
var app = SampleApplication.Build(
    args, SampleApplication.VersionOfImage(), Environment.GetEnvironmentVariable("SERVICE_URLS") ?? "http://*:8080", TimeProvider.System);
await app.RunAsync();
