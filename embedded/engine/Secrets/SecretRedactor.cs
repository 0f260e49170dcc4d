using System.Collections.Concurrent;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Secrets;

/// <summary>
/// Takes secrets that were met so far out of texts for people: a program or provider may quote one in a message. Very short
/// texts are left alone; they are found everywhere by chance.
/// </summary>
internal sealed class SecretRedactor
{
    private const int ShortestSecret = 4;

    private readonly ConcurrentDictionary<string, bool> _secrets = new(StringComparer.Ordinal);

    /// <summary>Remembers a secret text.</summary>
    public void Add(string secret)
    {
        var text = secret.Trim();
        if (text.Length >= ShortestSecret)
        {
            _secrets.TryAdd(text, true);
        }
    }

    /// <summary>Remembers the texts of all secrets in a set of values.</summary>
    public void Add(PropertyMap values)
    {
        foreach (var (_, value) in values)
        {
            Add(value, isSecret: false);
        }
    }

    /// <summary>The text with secrets masked.</summary>
    public string Redact(string text) => _secrets.Keys
        .Where(secret => text.Contains(secret, StringComparison.Ordinal))
        .OrderByDescending(secret => secret.Length)
        .Aggregate(text, (result, secret) => result.Replace(secret, ValueJson.Mask, StringComparison.Ordinal));

    private void Add(PropertyValue value, bool isSecret)
    {
        switch (value)
        {
            case PropertyValue.Secret secret:
                Add(secret.Element, isSecret: true);
                break;
            case PropertyValue.Output { Value: { } known } output:
                Add(known, isSecret || output.IsSecret);
                break;
            case PropertyValue.Text text when isSecret:
                Add(text.Value);
                break;
            case PropertyValue.List list:
                foreach (var item in list.Items)
                {
                    Add(item, isSecret);
                }

                break;
            case PropertyValue.Map map:
                foreach (var (_, item) in map.Properties)
                {
                    Add(item, isSecret);
                }

                break;
        }
    }
}
