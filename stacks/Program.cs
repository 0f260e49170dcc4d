using FogInfra.Stacks;
using Pulumi;

return await Deployment.RunAsync<FogStack>();
