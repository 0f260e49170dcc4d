using System.Runtime.CompilerServices;

namespace FogInfra.Tests;

/// <summary>Compares texts with the approved ones in Expectations. To approve a new text, run with FOG_APPROVE=1 and read the diff.</summary>
internal static class Approved
{
    public static void Equal(string name, string text, [CallerFilePath] string caller = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(caller)!, "Expectations", $"{name}.txt");
        if (Environment.GetEnvironmentVariable("FOG_APPROVE") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.ReadAllText(file), text);
    }
}
