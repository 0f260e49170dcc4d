using System.Text;

namespace FogInfra.Rollout.Engines;

/// <summary>Keeps what is written, and hands it on line by line.</summary>
/// <param name="onLine">Called with each whole line; null for nobody.</param>
internal sealed class LineWriter(Action<string>? onLine) : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private int _lineStart;

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>All that was written.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(char value)
    {
        lock (_lock)
        {
            Append(value);
        }
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_lock)
        {
            foreach (var letter in buffer)
            {
                Append(letter);
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    private void Append(char letter)
    {
        _text.Append(letter);
        if (letter == '\n')
        {
            onLine?.Invoke(_text.ToString(_lineStart, _text.Length - _lineStart - 1).TrimEnd('\r'));
            _lineStart = _text.Length;
        }
    }
}
