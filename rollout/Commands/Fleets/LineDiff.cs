using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary>What one change to a text does to its lines.</summary>
internal static class LineDiff
{
    /// <summary>The lines that go and come, after a line that says where.</summary>
    public static IEnumerable<(string Line, Style Style)> Of(string before, string after, string file)
    {
        var (old, @new) = (before.ReplaceLineEndings("\n").Split('\n'), after.ReplaceLineEndings("\n").Split('\n'));
        var start = old.Zip(@new).TakeWhile(pair => pair.First == pair.Second).Count();
        var most = Math.Min(old.Length, @new.Length) - start;
        var end = old.Reverse().Zip(@new.Reverse()).Take(most).TakeWhile(pair => pair.First == pair.Second).Count();
        yield return ($"{file}:{start + 1}", Style.Plain);
        foreach (var line in old[start..^end])
        {
            yield return ($"- {line}", new Style(Color.Red));
        }

        foreach (var line in @new[start..^end])
        {
            yield return ($"+ {line}", new Style(Color.Green));
        }
    }
}
