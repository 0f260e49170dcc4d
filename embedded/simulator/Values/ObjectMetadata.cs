namespace FogInfra.Embedded.Simulator.Values;

/// <summary>The metadata that all objects have.</summary>
internal static class ObjectMetadata
{
    extension(JsonMap value)
    {
        /// <summary>The object's metadata.</summary>
        public JsonMap Metadata => value.Map("metadata");

        /// <summary>Its name; empty before it has one.</summary>
        public string Name => value.Text("metadata", "name") ?? "";

        /// <summary>Its namespace; empty for cluster-wide objects.</summary>
        public string Namespace => value.Text("metadata", "namespace") ?? "";

        /// <summary>Its unique id.</summary>
        public string Uid => value.Text("metadata", "uid") ?? "";

        /// <summary>Its labels.</summary>
        public JsonMap Labels => value.Map("metadata", "labels");

        /// <summary>Its annotations.</summary>
        public JsonMap Annotations => value.Map("metadata", "annotations");

        /// <summary>How often what is wanted was changed.</summary>
        public long Generation => value.Long("metadata", "generation") ?? 0;

        /// <summary>Whether its deletion has begun.</summary>
        public bool IsDeleting => value.At("metadata", "deletionTimestamp") is not null;

        /// <summary>What must let go before it is removed.</summary>
        public IEnumerable<string> Finalizers => value.List("metadata", "finalizers").Texts();

        /// <summary>The objects that it depends on.</summary>
        public IEnumerable<JsonMap> OwnerReferences => value.Maps("metadata", "ownerReferences");

        /// <summary>The reference to the one object that controls it, or null.</summary>
        public JsonMap? Controller => value.OwnerReferences.FirstOrDefault(reference => reference.Flag("controller"));

        /// <summary>When it was made.</summary>
        public DateTimeOffset CreatedAt => KubernetesTime.Parse(value.Text("metadata", "creationTimestamp")) ?? DateTimeOffset.MinValue;

        /// <summary>A condition of its status by type, or null.</summary>
        public JsonMap? Condition(string type) => value.Maps("status", "conditions").FirstOrDefault(condition => condition.Text("type") == type);

        /// <summary>Whether a condition of its status is true.</summary>
        public bool IsTrue(string conditionType) => value.Condition(conditionType)?.Text("status") == "True";

        /// <summary>A reference by which another object says that this one controls it.</summary>
        public JsonMap ToControllerReference() => JsonMap.Of(
            ("apiVersion", value["apiVersion"]), ("kind", value["kind"]), ("name", value.Name), ("uid", value.Uid),
            ("controller", true), ("blockOwnerDeletion", true));
    }
}
