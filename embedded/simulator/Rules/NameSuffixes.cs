namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>Random endings of generated names, in Kubernetes' alphabet without vowels and digits that look like letters. Thread-safe.</summary>
internal sealed class NameSuffixes(Random random)
{
    /// <summary>The letters of generated names.</summary>
    public const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    private const int Length = 5;

    private readonly Lock _lock = new();

    /// <summary>The next ending.</summary>
    public string Next()
    {
        lock (_lock) return random.GetString(Alphabet, Length);
    }

    /// <summary>The next unique id of an object.</summary>
    public string NextUid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock) random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40); // The version and variant bits of a random UUID, RFC 9562.
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
