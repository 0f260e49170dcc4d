using System.Text.RegularExpressions;

namespace FogInfra.Tests;

/// <summary>The table of features: no row without an answer, and no test in it that is not there.</summary>
public sealed partial class FeatureTableTests
{
    private static readonly string Root = FindRoot();

    private static readonly (string Key, int Features, string Limits, int LimitCount)[] Tables =
        [("000", 12, "L", 7), ("001", 10, "L", 4), ("002", 9, "F", 13), ("003", 11, "L", 3), ("004", 9, "L", 6)];

    [Fact]
    public void EveryItem_HasARow_ThatIsFull()
    {
        var rows = Rows().ToDictionary(row => row.Key);

        foreach (var (key, features, limits, limitCount) in Tables)
        {
            var wanted = Enumerable.Range(1, features).Select(number => $"{key}.{number}").Concat(Enumerable.Range(1, limitCount).Select(number => $"{key}.{limits}{number}"));
            Assert.All(wanted, item => Assert.All(rows[item].Cells, cell => Assert.NotEmpty(cell)));
        }
    }

    [Fact]
    public void EveryTest_IsThere()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);

        Assert.All(Rows().SelectMany(row => TestName().Matches(row.Cells[^1])), match =>
        {
            var (type, method) = (match.Groups["class"].Value, match.Groups["method"].Value);
            Assert.True(tests.Contains(type), $"There is no {type}.");
            Assert.True(method.Length == 0 || tests[type].Any(text => text.Contains($" {method}(", StringComparison.Ordinal)), $"{type} has no {method}.");
        });
    }

    private static IEnumerable<(string Key, string[] Cells)> Rows() =>
        from line in File.ReadLines(Path.Combine(Root, "docs", "features.md"))
        where RowStart().IsMatch(line)
        let cells = line.Trim('|', ' ').Split('|').Select(cell => cell.Trim()).ToArray()
        select (cells[0], cells[1..]);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FogInfra.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of their repository.");
        }

        return folder;
    }

    [GeneratedRegex(@"^\| 00[0-4]\.[LF]?[0-9]+ \|")]
    private static partial Regex RowStart();

    [GeneratedRegex("`(?<class>[A-Za-z0-9]+Tests)(\\.(?<method>[A-Za-z0-9_]+))?`")]
    private static partial Regex TestName();
}
