using System.Text;
using System.Text.RegularExpressions;

namespace FogInfra.Engine.Tests.Display;

/// <summary>A terminal that understands what the live display writes. Anything else it is given fails the test.</summary>
internal sealed partial class Screen : TextWriter
{
    private readonly List<string> _lines = [""];
    private int _at;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>What stands on the screen.</summary>
    public string Text => string.Join('\n', _lines.Select(line => line.TrimEnd())).TrimEnd('\n');

    /// <summary>The colours that were asked for.</summary>
    public List<int> Colors { get; } = [];

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        foreach (Match match in Pieces().Matches(value ?? ""))
        {
            switch (match.Value)
            {
                case "\n":
                    if (++_at == _lines.Count)
                    {
                        _lines.Add("");
                    }

                    break;
                case "\e[2K":
                    _lines[_at] = "";
                    break;
                case "\e[J":
                    _lines[_at] = "";
                    _lines.RemoveRange(_at + 1, _lines.Count - _at - 1);
                    break;
                case ['\e', '[', .. var digits, 'A']:
                    _at -= int.Parse(digits);
                    break;
                case ['\e', '[', .. var color, 'm']:
                    Colors.Add(int.Parse(color));
                    break;
                case ['\e', ..]:
                    Assert.Fail($"an escape sequence that is not known: {match.Value[1..]}");
                    break;
                default:
                    _lines[_at] += match.Value;
                    break;
            }
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void WriteLine() => Write("\n");

    [GeneratedRegex(@"\n|\x1b\[[0-9]*[A-Za-z]|\x1b.?|[^\n\x1b]+")]
    private static partial Regex Pieces();
}
