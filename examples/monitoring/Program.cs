using Example.Monitoring;
using Pulumi;

return await Deployment.RunAsync<MonitoringStack>();
