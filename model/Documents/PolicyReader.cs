using System.Globalization;

namespace FogInfra.Model.Documents;

/// <summary>Reads the policy of a fleet document.</summary>
internal static class PolicyReader
{
    private static readonly string[] FailureActions = ["rollback", "hold"];

    public static RolloutPolicy Read(YamlMap root)
    {
        if (root.Map("policy") is not { } map)
        {
            return new RolloutPolicy();
        }

        var defaults = new RolloutPolicy();
        var policy = new RolloutPolicy
        {
            MaxConcurrent = ReadAmount(map, "maxConcurrent") ?? defaults.MaxConcurrent,
            OnFailure = map.Choice("onFailure", FailureActions) == "hold" ? FailureAction.Hold : FailureAction.RollBack,
        };
        map.Close();
        return policy;
    }

    private static Amount? ReadAmount(YamlMap map, string field)
    {
        if (map.Text(field) is not { } text)
        {
            return null;
        }

        if (text.EndsWith('%') && Number(text[..^1]) is >= 1 and <= 100 and var percent)
        {
            return new Amount.Percent(percent);
        }

        if (Number(text) is >= 1 and var count)
        {
            return new Amount.Count(count);
        }

        map.Fault(field, $"'{text}' is no amount; expected a number of clusters such as 2, or a share from 1% to 100%.");
        return null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
