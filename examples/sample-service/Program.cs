using System.Reflection;

// The version is that of the image, which says it by this variable; outside of an image it is the program's own.
var version = Environment.GetEnvironmentVariable("SERVICE_VERSION")
    ?? Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
    ?? "unknown";

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls(Environment.GetEnvironmentVariable("SERVICE_URLS") ?? "http://*:8080");
var app = builder.Build();
app.MapGet("/", () => $"Hello from version {version} on {Environment.MachineName}\n");
app.MapGet("/version", () => version);
app.MapGet("/health/live", () => "live");
app.MapGet("/health/ready", () => "ready");
await app.RunAsync();
