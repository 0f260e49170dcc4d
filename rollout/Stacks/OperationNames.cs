using Pulumi.Automation;

namespace FogInfra.Rollout.Stacks;

/// <summary>The names of operations as Pulumi's command line writes them.</summary>
internal static class OperationNames
{
    /// <summary>The name, for example <c>create-replacement</c>.</summary>
    public static string Of(OperationType operation) =>
        string.Concat(operation.ToString().Select((letter, index) =>
            char.IsUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
