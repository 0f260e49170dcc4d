using System.Diagnostics;
using CliWrap;

namespace FogInfra.Tests;

public sealed class CommandTests
{
    [Fact]
    public void Wrap_OnlyAProgram_HasTheDefaults()
    {
        var command = Cli.Wrap("tool");

        Assert.Equal("tool", command.TargetFilePath);
        Assert.Equal("", command.Arguments);
        Assert.Equal(Directory.GetCurrentDirectory(), command.WorkingDirPath);
        Assert.Empty(command.EnvironmentVariables);
        Assert.Equal(CommandResultValidation.ZeroExitCode, command.Validation);
        Assert.Same(PipeSource.Null, command.StandardInputPipe);
        Assert.Same(PipeTarget.Null, command.StandardOutputPipe);
        Assert.Same(PipeTarget.Null, command.StandardErrorPipe);
        Assert.Null(command.Credentials.UserName);
        Assert.Null(command.ResourcePolicy.Priority);
    }

    [Fact]
    public void With_EachPart_ChangesThatPartOfACopyOnly()
    {
        var original = Cli.Wrap("tool");
        var source = PipeSource.FromString("in");
        var output = PipeTarget.ToStream(Stream.Null);
        var error = PipeTarget.ToStream(Stream.Null);
        var credentials = new Credentials(userName: "someone");
        var policy = new ResourcePolicy(ProcessPriorityClass.Idle);
        var variables = new Dictionary<string, string?> { ["A"] = "1" };

        var changed = original
            .WithTargetFile("other")
            .WithArguments("a b")
            .WithWorkingDirectory("/")
            .WithResourcePolicy(policy)
            .WithCredentials(credentials)
            .WithEnvironmentVariables(variables)
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(source)
            .WithStandardOutputPipe(output)
            .WithStandardErrorPipe(error);

        Assert.Equal("other a b", changed.ToString());
        Assert.Equal("/", changed.WorkingDirPath);
        Assert.Same(policy, changed.ResourcePolicy);
        Assert.Same(credentials, changed.Credentials);
        Assert.Same(variables, changed.EnvironmentVariables);
        Assert.Equal(CommandResultValidation.None, changed.Validation);
        Assert.Same(source, changed.StandardInputPipe);
        Assert.Same(output, changed.StandardOutputPipe);
        Assert.Same(error, changed.StandardErrorPipe);
        Assert.Equal(Cli.Wrap("tool").ToString(), original.ToString());
        Assert.Same(PipeTarget.Null, original.StandardOutputPipe);
        Assert.Empty(original.EnvironmentVariables);
    }

    [Fact]
    public void With_Builders_BuildTheSameParts()
    {
        var command = Cli.Wrap("tool")
            .WithArguments(arguments => arguments.Add("--name").Add("two words").Add(1.5).Add(["x", "y"]))
            .WithEnvironmentVariables(variables => variables.Set("A", "1").Set("B", null))
            .WithCredentials(credentials => credentials.SetUserName("someone").SetDomain("there"))
            .WithResourcePolicy(policy => policy.SetPriority(ProcessPriorityClass.High).SetAffinity(3));

        Assert.Equal("--name \"two words\" 1.5 x y", command.Arguments);
        Assert.Equal(new Dictionary<string, string?> { ["A"] = "1", ["B"] = null }, command.EnvironmentVariables);
        Assert.Equal(("someone", "there"), (command.Credentials.UserName, command.Credentials.Domain));
        Assert.Equal((ProcessPriorityClass.High, 3), (command.ResourcePolicy.Priority, command.ResourcePolicy.Affinity));
    }
}
