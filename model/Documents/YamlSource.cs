using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Model.Documents;

/// <summary>One YAML file that is being read, and the problems found in it so far.</summary>
internal sealed class YamlSource(string file)
{
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The file's only document as a mapping; null, with a problem noted, when it is anything else.</summary>
    public YamlMap? Open(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root)
            {
                return new YamlMap(this, root, "");
            }

            var where = stream.Documents.Count > 1 ? stream.Documents[1].RootNode.Start : Mark.Empty;
            Add(where, "", stream.Documents.Count > 1 ? "The file has more than one document; expected one." : "The file is empty or no mapping; expected 'key: value' lines.");
        }
        catch (YamlException exception)
        {
            Add(exception.Start, "", $"This is not valid YAML: {exception.Message}");
        }

        return null;
    }

    public void Add(Mark where, string field, string message) =>
        _problems.Add(new Problem(file, (int)where.Line, (int)where.Column, field, message));

    public void Add(YamlNode where, string field, string message) => Add(where.Start, field, message);
}
