using System.Security.Cryptography;
using System.Text;

namespace FogInfra.Embedded.Engine.Values;

/// <summary>Hashes files as members of a tar stream (POSIX.1-1988 "ustar"): name, mode 0600 and size; no owner, no time.</summary>
internal static class TarStream
{
    private const int BlockSize = 512;
    private const int NameSize = 100;

    /// <summary>Adds a member.</summary>
    public static void Append(IncrementalHash hash, string name, Stream content)
    {
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        hash.AppendData(Header(name, bytes.Length));
        hash.AppendData(bytes.GetBuffer(), 0, (int)bytes.Length);
        var padding = (int)((BlockSize - (bytes.Length % BlockSize)) % BlockSize);
        hash.AppendData(new byte[padding]);
    }

    /// <summary>Ends the stream.</summary>
    public static void End(IncrementalHash hash) => hash.AppendData(new byte[2 * BlockSize]);

    private static byte[] Header(string name, long size)
    {
        var header = new byte[BlockSize];
        var (prefix, last) = Split(name);
        Put(header, 0, last);
        Put(header, 100, "0000600\0");
        Put(header, 108, "0000000\0");
        Put(header, 116, "0000000\0");
        Put(header, 124, Convert.ToString(size, 8).PadLeft(11, '0') + "\0");
        Put(header, 136, "00000000000\0");
        Put(header, 148, "        ");
        Put(header, 156, "0");
        Put(header, 257, "ustar\0");
        Put(header, 263, "00");
        Put(header, 329, "0000000\0");
        Put(header, 337, "0000000\0");
        Put(header, 345, prefix);
        var checksum = header.Sum(value => value);
        Put(header, 148, Convert.ToString(checksum, 8).PadLeft(6, '0') + "\0 ");
        return header;
    }

    // A name that is too long for its field has its first folders in another.
    private static (string Prefix, string Name) Split(string name)
    {
        if (name.Length <= NameSize)
        {
            return ("", name);
        }

        var split = name.IndexOf('/', name.Length - NameSize - 1);
        return split < 0 ? ("", name[^NameSize..]) : (name[..split], name[(split + 1)..]);
    }

    private static void Put(byte[] header, int offset, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.AsSpan(0, Math.Min(bytes.Length, BlockSize - offset)).CopyTo(header.AsSpan(offset));
    }
}
