using FogInfra.Embedded.Engine.Display;

namespace FogInfra.Engine.Tests.Display;

public sealed class EscapeSequencesTests
{
    [Theory]
    [InlineData("plain [text]", "plain [text]")]
    [InlineData("\e[31mred\e[0m and \e[1;4mbold\e[m", "red and bold")]
    [InlineData("\e]8;;https://example.com\alink\e]8;;\e\\ after", "link after")]
    [InlineData("at \e[90m(\e[39mindex.js:4:7\e[90m)\e[39m", "at (index.js:4:7)")]
    [InlineData("cut off \e[3", "cut off 3")]
    public void Remove_Text_LeavesTheTextItself(string text, string expected) => Assert.Equal(expected, EscapeSequences.Remove(text));
}
