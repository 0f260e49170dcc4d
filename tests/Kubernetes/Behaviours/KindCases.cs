namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>An object of a kind, and what is made of it.</summary>
/// <param name="Type">The Pulumi type token, without the package.</param>
/// <param name="First">What the program says first, without metadata; <c>$name</c> stands for the object's name.</param>
/// <param name="Second">What the program says then.</param>
/// <param name="Replaces">Whether that takes a new object.</param>
/// <param name="ClusterScoped">Whether the objects lie in no namespace.</param>
internal sealed record KindCase(string Type, string First, string Second, bool Replaces = false, bool ClusterScoped = false)
{
    public string Token => $"kubernetes:{Type}";
}

/// <summary>The kinds whose objects are led through their whole life, by the name that the list of tests shows.</summary>
internal static class KindCases
{
    private const string Template = """{"metadata":{"labels":{"app":"x"}},"spec":{"terminationGracePeriodSeconds":1,"containers":[{"name":"web","image":"web:1","ports":[{"containerPort":80}]}]}}""";
    private const string NewTemplate = """{"metadata":{"labels":{"app":"x"}},"spec":{"terminationGracePeriodSeconds":1,"containers":[{"name":"web","image":"web:2"}]}}""";
    private const string Selector = """{"matchLabels":{"app":"x"}}""";
    private const string Webhook = """{"name":"hook.example.com","sideEffects":"None","admissionReviewVersions":["v1"],"failurePolicy":"Ignore","clientConfig":{"url":"https://127.0.0.1:1/"},"rules":[{"apiGroups":["example.com"],"apiVersions":["v1"],"operations":["CREATE"],"resources":["nothings"]}]}""";

    public static IReadOnlyDictionary<string, KindCase> All { get; } = new Dictionary<string, KindCase>
    {
        ["ConfigMap"] = new("core/v1:ConfigMap", """{"data":{"k":"v"}}""", """{"data":{"k":"w"}}""", Replaces: true),
        ["Secret"] = new("core/v1:Secret", """{"stringData":{"k":"v"}}""", """{"stringData":{"k":"w"}}""", Replaces: true),
        ["ServiceAccount"] = new("core/v1:ServiceAccount", """{"automountServiceAccountToken":true}""", "{}"),
        ["Service"] = new(
            "core/v1:Service",
            """{"spec":{"selector":{"app":"x"},"ports":[{"port":80,"name":"a"},{"port":81,"name":"b"}]}}""",
            """{"spec":{"selector":{"app":"y"},"ports":[{"port":80,"name":"a"}]}}"""),
        ["Service, headless"] = new(
            "core/v1:Service",
            """{"spec":{"clusterIP":"None","selector":{"app":"x"},"ports":[{"port":80}]}}""",
            """{"spec":{"clusterIP":"None","selector":{"app":"y"},"ports":[{"port":81}]}}"""),
        ["Service, name of another host"] = new(
            "core/v1:Service", """{"spec":{"type":"ExternalName","externalName":"a.example.com"}}""", """{"spec":{"type":"ExternalName","externalName":"b.example.com"}}"""),
        ["Pod"] = new(
            "core/v1:Pod", """{"spec":{"terminationGracePeriodSeconds":1,"containers":[{"name":"web","image":"web:1"}]}}""",
            """{"spec":{"terminationGracePeriodSeconds":1,"containers":[{"name":"web","image":"web:2"}]}}""", Replaces: true),
        ["PodTemplate"] = new("core/v1:PodTemplate", $$"""{"template":{{Template}} }""", $$"""{"template":{{NewTemplate}} }"""),
        ["Endpoints"] = new(
            "core/v1:Endpoints",
            """{"subsets":[{"addresses":[{"ip":"192.0.2.1"}],"ports":[{"port":80}]}]}""",
            """{"subsets":[{"addresses":[{"ip":"192.0.2.2"}],"ports":[{"port":81}]}]}"""),
        ["LimitRange"] = new(
            "core/v1:LimitRange",
            """{"spec":{"limits":[{"type":"Container","default":{"memory":"64Mi"}}]}}""",
            """{"spec":{"limits":[{"type":"Container","default":{"memory":"128Mi"}}]}}"""),
        ["ResourceQuota"] = new("core/v1:ResourceQuota", """{"spec":{"hard":{"pods":"10"}}}""", """{"spec":{"hard":{"pods":"20","secrets":"5"}}}"""),
        ["ReplicationController"] = new(
            "core/v1:ReplicationController", $$"""{"spec":{"replicas":1,"selector":{"app":"x"},"template":{{Template}} } }""", $$"""{"spec":{"replicas":0,"selector":{"app":"x"},"template":{{Template}} } }"""),
        ["PersistentVolume"] = new(
            "core/v1:PersistentVolume",
            """{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"storageClassName":"by-hand","hostPath":{"path":"/tmp/x"}}}""",
            """{"spec":{"capacity":{"storage":"2Gi"},"accessModes":["ReadWriteOnce"],"storageClassName":"by-hand","hostPath":{"path":"/tmp/x"}}}""",
            ClusterScoped: true),
        ["Namespace"] = new("core/v1:Namespace", "{}", "{}", ClusterScoped: true),
        ["Deployment"] = new(
            "apps/v1:Deployment",
            $$"""{"spec":{"replicas":2,"selector":{{Selector}},"template":{{Template}} } }""",
            $$"""{"spec":{"replicas":1,"selector":{{Selector}},"template":{{NewTemplate}} } }"""),
        ["Deployment, selector changed"] = new(
            "apps/v1:Deployment",
            $$"""{"spec":{"replicas":0,"selector":{{Selector}},"template":{{Template}} } }""",
            """{"spec":{"replicas":0,"selector":{"matchLabels":{"app":"y"}},"template":{"metadata":{"labels":{"app":"y"}},"spec":{"containers":[{"name":"web","image":"web:1"}]}}}}""",
            Replaces: true),
        ["ReplicaSet"] = new(
            "apps/v1:ReplicaSet",
            $$"""{"spec":{"replicas":1,"selector":{{Selector}},"template":{{Template}} } }""",
            $$"""{"spec":{"replicas":2,"selector":{{Selector}},"template":{{Template}} } }"""),
        ["StatefulSet"] = new(
            "apps/v1:StatefulSet",
            $$"""{"spec":{"serviceName":"s","replicas":2,"selector":{{Selector}},"template":{{Template}} } }""",
            $$"""{"spec":{"serviceName":"s","replicas":1,"selector":{{Selector}},"template":{{NewTemplate}} } }"""),
        ["DaemonSet"] = new(
            "apps/v1:DaemonSet", $$"""{"spec":{"selector":{{Selector}},"template":{{Template}} } }""", $$"""{"spec":{"selector":{{Selector}},"template":{{NewTemplate}} } }"""),
        ["Job"] = new(
            "batch/v1:Job",
            """{"metadata":{"annotations":{"pulumi.com/waitFor":"jsonpath={.status.startTime}"}},"spec":{"template":{"spec":{"terminationGracePeriodSeconds":1,"restartPolicy":"Never","containers":[{"name":"web","image":"web:1"}]}}}}""",
            """{"metadata":{"annotations":{"pulumi.com/waitFor":"jsonpath={.status.startTime}"}},"spec":{"template":{"spec":{"terminationGracePeriodSeconds":1,"restartPolicy":"Never","containers":[{"name":"web","image":"web:2"}]}}}}""",
            Replaces: true),
        ["CronJob"] = new(
            "batch/v1:CronJob",
            """{"spec":{"schedule":"0 4 * * *","jobTemplate":{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":1,"restartPolicy":"Never","containers":[{"name":"web","image":"web:1"}]}}}}}}""",
            """{"spec":{"schedule":"0 5 * * *","suspend":true,"jobTemplate":{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":1,"restartPolicy":"Never","containers":[{"name":"web","image":"web:1"}]}}}}}}"""),
        ["HorizontalPodAutoscaler v1"] = new(
            "autoscaling/v1:HorizontalPodAutoscaler",
            """{"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}}}""",
            """{"spec":{"maxReplicas":4,"minReplicas":2,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}}}"""),
        ["HorizontalPodAutoscaler v2"] = new(
            "autoscaling/v2:HorizontalPodAutoscaler",
            """{"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"},"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}]}}""",
            """{"spec":{"maxReplicas":4,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"},"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":60}}}]}}"""),
        ["PodDisruptionBudget"] = new(
            "policy/v1:PodDisruptionBudget", $$"""{"spec":{"minAvailable":1,"selector":{{Selector}} } }""", $$"""{"spec":{"maxUnavailable":1,"selector":{{Selector}} } }"""),
        ["NetworkPolicy"] = new(
            "networking.k8s.io/v1:NetworkPolicy",
            """{"spec":{"podSelector":{},"policyTypes":["Ingress"]}}""",
            """{"spec":{"podSelector":{"matchLabels":{"a":"b"}},"policyTypes":["Ingress"]}}"""),
        ["Ingress"] = new(
            "networking.k8s.io/v1:Ingress",
            """{"spec":{"rules":[{"host":"a.example.com","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"web","port":{"number":80}}}}]}}]}}""",
            """{"spec":{"rules":[{"host":"a.example.com","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"web","port":{"number":81}}}}]}}]}}"""),
        ["IngressClass"] = new(
            "networking.k8s.io/v1:IngressClass",
            """{"spec":{"controller":"example.com/one"}}""",
            """{"spec":{"controller":"example.com/one","parameters":{"kind":"Thing","name":"thing","apiGroup":"example.com"}}}""",
            ClusterScoped: true),
        ["Role"] = new(
            "rbac.authorization.k8s.io/v1:Role",
            """{"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}""",
            """{"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list"]}]}"""),
        ["RoleBinding"] = new(
            "rbac.authorization.k8s.io/v1:RoleBinding",
            """{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"a"}}""",
            """{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"b"}}""",
            Replaces: true),
        ["ClusterRole"] = new(
            "rbac.authorization.k8s.io/v1:ClusterRole",
            """{"rules":[{"apiGroups":[""],"resources":["nodes"],"verbs":["get"]}]}""",
            """{"rules":[{"apiGroups":[""],"resources":["nodes"],"verbs":["get","list"]}]}""",
            ClusterScoped: true),
        ["ClusterRoleBinding"] = new(
            "rbac.authorization.k8s.io/v1:ClusterRoleBinding",
            """{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"}}""",
            """{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},"subjects":[{"kind":"Group","name":"nobody","apiGroup":"rbac.authorization.k8s.io"}]}""",
            ClusterScoped: true),
        ["Lease"] = new("coordination.k8s.io/v1:Lease", """{"spec":{"leaseDurationSeconds":10}}""", """{"spec":{"leaseDurationSeconds":20}}"""),
        ["StorageClass"] = new(
            "storage.k8s.io/v1:StorageClass",
            """{"provisioner":"example.com/none"}""",
            """{"provisioner":"example.com/other"}""",
            Replaces: true, ClusterScoped: true),
        ["CSIDriver"] = new("storage.k8s.io/v1:CSIDriver", """{"spec":{"attachRequired":false}}""", """{"spec":{"attachRequired":false}}""", ClusterScoped: true),
        ["PriorityClass"] = new("scheduling.k8s.io/v1:PriorityClass", """{"value":100,"description":"one"}""", """{"value":100,"description":"two"}""", ClusterScoped: true),
        ["RuntimeClass"] = new("node.k8s.io/v1:RuntimeClass", """{"handler":"none"}""", """{"handler":"none","scheduling":{"nodeSelector":{"a":"b"}}}""", ClusterScoped: true),
        ["ValidatingWebhookConfiguration"] = new(
            "admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration", $$"""{"webhooks":[{{Webhook}}]}""", $$"""{"webhooks":[{{Webhook.Replace("CREATE", "UPDATE")}}]}""", ClusterScoped: true),
        ["MutatingWebhookConfiguration"] = new(
            "admissionregistration.k8s.io/v1:MutatingWebhookConfiguration", $$"""{"webhooks":[{{Webhook}}]}""", $$"""{"webhooks":[{{Webhook.Replace("CREATE", "UPDATE")}}]}""", ClusterScoped: true),
        ["CustomResourceDefinition"] = new(
            "apiextensions.k8s.io/v1:CustomResourceDefinition", Definition("""{"type":"string"}"""), Definition("""{"type":"integer"}"""), ClusterScoped: true),
    };

    private static string Definition(string size) => $$"""
        {"spec":{"group":"$name.example.com","scope":"Namespaced","names":{"kind":"Thing","plural":"things","singular":"thing","listKind":"ThingList"},
         "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object",
          "properties":{"size":{{size}} } } } } } }] } }
        """;
}
