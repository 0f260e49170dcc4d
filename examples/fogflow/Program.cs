using Example.FogFlow;
using Pulumi;

return await Deployment.RunAsync<FogFlowStack>();
