using Example.InCSharp;
using Pulumi;

return await Deployment.RunAsync<GatewayStack>();
