using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Tells the user of operations that an earlier run left unfinished.</summary>
internal static class PendingOperationsWarning
{
    /// <summary>The text.</summary>
    public static string ToText(ImmutableArray<PendingOperation> operations)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"Attempting to deploy or update resources with {operations.Length} pending operations from previous deployment.\n");
        foreach (var operation in operations)
        {
            text.Append(CultureInfo.InvariantCulture, $"  * {operation.Resource.Urn}, interrupted while {OperationKindText.Of(operation.Kind)}\n");
        }

        text.Append(
            "The update that made them was interrupted, so it is not known whether they took place. Look at the resources where they "
            + "live. `pulumi refresh` brings the state up to date and clears these notes; those of creates only with --clear-pending-creates.");
        return text.ToString();
    }
}
