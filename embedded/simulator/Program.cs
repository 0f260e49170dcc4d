using System.CommandLine;
using FogInfra.Embedded.Simulator.Client;
using FogInfra.Embedded.Simulator.Hosting;

var data = new Option<DirectoryInfo>("--data") { Description = "The folder in which clusters are kept.", Required = true };
var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 to have one chosen." };
var background = new Option<bool>("--background") { Description = "Leave the terminal, and write to simulator.log in the folder.", Hidden = true };
var serve = new Command("serve", "Serve simulated Kubernetes clusters until stopped.") { data, port, background };
serve.SetAction((arguments, cancellationToken) =>
{
    var directory = Directory.CreateDirectory(arguments.GetRequiredValue(data).FullName).FullName;
    if (arguments.GetValue(background)) Daemon.LeaveTerminal(Path.Combine(directory, SimulatorFiles.LogName)); // Before the console is touched, which keeps what it finds.
    return ServeCommand.RunAsync(directory, arguments.GetValue(port), Console.Out, Console.Error, cancellationToken);
});

return await new RootCommand("Simulated Kubernetes clusters, many in one process.") { serve }.Parse(args).InvokeAsync().ConfigureAwait(false);
