namespace FogInfra.Embedded.Simulator.Hosting;

/// <summary>A running simulator.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Address">Where it listens, for example <c>http://127.0.0.1:40123</c>.</param>
/// <param name="Version">Its version.</param>
public sealed record SimulatorInfo(int Pid, string Address, string Version);

/// <summary>A simulated cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Server">The address of its API.</param>
/// <param name="Nodes">The names of its nodes, as they were given.</param>
/// <param name="Objects">How many objects it has.</param>
public sealed record ClusterInfo(string Name, string Server, IReadOnlyList<string> Nodes, int Objects);

/// <summary>Why the admin API refuses a request.</summary>
/// <param name="Problems">All that is wrong.</param>
internal sealed record AdminProblem(IReadOnlyList<string> Problems);
