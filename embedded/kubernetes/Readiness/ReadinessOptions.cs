namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>
/// How long to wait, and how long to put up with what may go by. Each limit counts from when the problem was first seen, without a break.
/// </summary>
public sealed record ReadinessOptions
{
    /// <summary>How long to wait in all, when neither the engine nor an annotation says.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// A pod that no node can take. The scheduler looks at a new pod at once and again at each change, so a few seconds tell. While old pods
    /// of the rollout are ending, the time does not run; where an autoscaler says that it adds a node, the wait goes on.
    /// </summary>
    public TimeSpan Unschedulable { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A pod that no node can take because nodes are only starting, or because its volume is only being made.</summary>
    public TimeSpan UnschedulableWhileStarting { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>An image of which the registry says that there is none, or that we may not have it: just long enough to see it twice.</summary>
    public TimeSpan ImageRefused { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// An image that could not be pulled for another reason, such as a registry that does not answer. The kubelet tries after 0, 10 and
    /// 30 seconds, so this lets three tries pass.
    /// </summary>
    public TimeSpan ImageNotPulled { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// A container that cannot be set up, as for want of a ConfigMap or Secret, which the same update may be about to create.
    /// </summary>
    public TimeSpan ContainerNotCreated { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Pods that the API server refuses to create (quota, admission, a service account that is only being made). While old pods of the
    /// rollout are ending, which still count against a quota, the time does not run.
    /// </summary>
    public TimeSpan PodsRefused { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often a container may have been restarted when it is waiting to be restarted again. The third restart comes about 30 seconds
    /// after the start; a container that merely waits for another one has mostly found it by then.
    /// </summary>
    public int CrashLoopRestarts { get; init; } = 3;

    /// <summary>A deadline that the status reports as passed may still be that of the rollout before; the controller corrects it at once.</summary>
    public TimeSpan StaleDeadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a container may run without being ready, or a claim be without a volume, before events are asked for the reason, which is
    /// then told while the wait goes on; and again and again after as long, as the reason may come later.
    /// </summary>
    public TimeSpan Questions { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A volume that its provisioner refuses to make. It tries again by itself, so that a storage class or a secret of the same update may
    /// still come.
    /// </summary>
    public TimeSpan VolumeRefused { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a new Service whose pods are ready waits for the endpoint controller; it mostly answers within milliseconds.</summary>
    public TimeSpan Endpoints { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an Ingress that no known controller serves waits for an address before it counts as ready without one.</summary>
    public TimeSpan IngressWithoutController { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a new object of a custom kind that has a status may stay without one: a controller mostly answers within moments, and where
    /// there is none nobody ever will.
    /// </summary>
    public TimeSpan FirstReport { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many lines of a crashed container's log to tell.</summary>
    public int LogLines { get; init; } = 5;

    /// <summary>How many problems of one failure to tell; many pods mostly have the same one.</summary>
    public int MostReasons { get; init; } = 5;
}
