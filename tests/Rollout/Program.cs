using FogInfra.Tests.Killing;

// The runner of tests, or, when a test starts this program again, a rollout that is about to be killed.
return Victim.TryParse(args) is { } victim
    ? await victim.RunAsync()
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
