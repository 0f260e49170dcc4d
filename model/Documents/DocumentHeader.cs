namespace FogInfra.Model.Documents;

/// <summary>The two lines by which a document says what it is, as Kubernetes objects do.</summary>
internal static class DocumentHeader
{
    /// <summary>Notes a problem, and answers false, when a document is of another kind: there is no sense in reading on.</summary>
    public static bool Check(YamlMap root, string apiVersion, string kind)
    {
        var givenKind = root.RequiredText("kind");
        var givenVersion = root.RequiredText("apiVersion");
        if (givenKind.Length > 0 && givenKind != kind)
        {
            root.Fault("kind", $"This is a {givenKind}; expected a {kind} ({apiVersion}).");
            return false;
        }

        if (givenVersion.Length > 0 && givenVersion != apiVersion)
        {
            root.Fault("apiVersion", $"'{givenVersion}' is no version of {kind} that is known here; expected {apiVersion}.");
        }

        return true;
    }
}
