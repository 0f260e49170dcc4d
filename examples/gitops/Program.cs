using Example.GitOps;
using Pulumi;

return await Deployment.RunAsync<GitOpsStack>();
