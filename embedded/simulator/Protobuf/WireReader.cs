using System.Buffers.Binary;

namespace FogInfra.Embedded.Simulator.Protobuf;

/// <summary>Reads protobuf's wire format field by field.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Its value when it is a number.</summary>
    public long Number { get; private set; }

    /// <summary>Its value when it is a text, a message or bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Reads the next field; false at the end.</summary>
    /// <exception cref="FormatException">The bytes are not in wire format.</exception>
    public bool Read()
    {
        if (_rest.IsEmpty) return false;
        var tag = Varint();
        (Field, Number) = ((int)(tag >> 3), 0);
        Bytes = default;
        switch (tag & 7)
        {
            case 0:
                Number = (long)Varint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadInt64LittleEndian(Take(8));
                break;
            case 2:
                Bytes = Take(Varint());
                break;
            case 5:
                Number = BinaryPrimitives.ReadInt32LittleEndian(Take(4));
                break;
            default:
                throw new FormatException($"proto: illegal wireType {tag & 7}");
        }
        return true;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length) throw new FormatException("unexpected EOF");
        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw new FormatException("proto: integer overflow");
    }
}
