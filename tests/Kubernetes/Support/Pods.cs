using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Tests.Kubernetes.Support;

/// <summary>Pods in the states that tests need.</summary>
internal static class Pods
{
    public static KubeObject Waiting(string name, string owner, string reason, string message = "", string kind = "containerStatuses") => Of(name, owner, $$$"""
        {"phase":"Pending","{{{kind}}}":[{"name":"web","ready":false,"restartCount":0,"state":{"waiting":{"reason":"{{{reason}}}","message":"{{{message}}}"} } }]}
        """);

    public static KubeObject Crashing(string name, string owner, int restarts) => Of(name, owner, $$$"""
        {"phase":"Running","containerStatuses":[{"name":"web","ready":false,"restartCount":{{{restarts}}},"state":{"waiting":{"reason":"CrashLoopBackOff"} },
          "lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","message":"out of memory"} } }]}
        """);

    public static KubeObject Unschedulable(string name, string owner, string message, string reason = "Unschedulable", string more = "") => Of(name, owner, $$$"""
        {"phase":"Pending",{{{more}}}"conditions":[{"type":"PodScheduled","status":"False","reason":"{{{reason}}}","message":"{{{message}}}"}]}
        """);

    public static KubeObject Of(string name, string owner, string status) => Json.Object($$$"""
        {"metadata":{"name":"{{{name}}}","namespace":"apps","uid":"uid-{{{name}}}","ownerReferences":[{"uid":"{{{owner}}}"}]},"status":{{{status}}} }
        """);
}
