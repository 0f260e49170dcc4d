using Example.CloudToEdge;
using Pulumi;

return await Deployment.RunAsync<CloudToEdgeStack>();
