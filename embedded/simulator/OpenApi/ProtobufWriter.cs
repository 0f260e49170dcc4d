using System.Buffers;
using System.Text;

namespace FogInfra.Embedded.Simulator.OpenApi;

/// <summary>Writes the few forms of protobuf that OpenAPI documents need: texts, flags and messages.</summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;

    private readonly ArrayBufferWriter<byte> _output = new();

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _output.WrittenSpan;

    /// <summary>Writes a text; nothing when there is none.</summary>
    public void Text(int field, string? value)
    {
        if (!string.IsNullOrEmpty(value)) Bytes(field, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Writes a flag that is set; nothing when it is not.</summary>
    public void Flag(int field, bool value)
    {
        if (!value) return;
        Tag(field, Varint);
        Number(1);
    }

    /// <summary>Writes a message, even when it is empty.</summary>
    public void Message(int field, Action<ProtobufWriter> content)
    {
        var inner = new ProtobufWriter();
        content(inner);
        Bytes(field, inner.Written);
    }

    private void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Tag(field, LengthDelimited);
        Number((uint)bytes.Length);
        _output.Write(bytes);
    }

    private void Tag(int field, int wireType) => Number(((uint)field << 3) | (uint)wireType);

    private void Number(uint value)
    {
        Span<byte> bytes = stackalloc byte[5];
        var length = 0;
        while (value >= 0x80)
        {
            bytes[length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        bytes[length++] = (byte)value;
        _output.Write(bytes[..length]);
    }
}
