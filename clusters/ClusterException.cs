namespace FogInfra.Clusters;

/// <summary>A cluster that cannot be had. The message says why and what to do.</summary>
public sealed class ClusterException(string message, Exception? innerException = null) : Exception(message, innerException);
