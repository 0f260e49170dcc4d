using FogInfra.Model;
using FogInfra.Model.Documents;

namespace FogInfra.Tests;

public sealed class FogRolloutReaderTests
{
    [Fact]
    public void Read_TheExample_GivesOneServiceWithItsLayers()
    {
        var application = FogRolloutReader.Read("nginx-rollout.yaml", File.ReadAllText("nginx-rollout.yaml")).Value!;

        var service = Assert.Single(application.Services);
        Assert.Equal(("nginx", "nginx", "v1.0.0"), (application.Name, service.Name, service.Version));
        Assert.Equal([3, 2, 1], service.Layers.Values.Select(layer => layer.Replicas));
        Assert.Equal("100m", service.Layers[Layer.Cloud].Containers[0].Resources.Requests["cpu"]);
        Assert.Equal("80", service.Layers[Layer.Edge].Containers[0].LivenessProbe!.TcpPort);
    }

    [Fact]
    public void Read_FiveMistakes_ReportsEachWithLineAndColumn()
    {
        const string Text =
            """
            apiVersion: paguos.io/v1alpha1
            kind: FogRollout
            metadata:
              name: nginx
            spec:
              version: "not a version"
              deployments:
                cloud:
                  replicas: three
                  containers:
                    - name: nginx
                      imge: nginx:1.29
                      ports:
                        - containerPort: 123456
                elsewhere:
                  containers:
                    - name: nginx
                      image: nginx:1.29
            """;

        var problems = FogRolloutReader.Read("bad.yaml", Text).Problems;

        Assert.Equal(
            [
                "bad.yaml:6:12: spec.version: 'not a version' is no version; expected letters, digits, '_', '.' and '-', at most 128, a letter, digit or '_' first.",
                "bad.yaml:9:17: spec.deployments.cloud.replicas: 'three' is no whole number of at least 0.",
                "bad.yaml:11:11: spec.deployments.cloud.containers[0]: The field 'image' is missing.",
                "bad.yaml:12:11: spec.deployments.cloud.containers[0].imge: There is no field 'imge' here; did you mean 'image'?",
                "bad.yaml:14:30: spec.deployments.cloud.containers[0].ports[0].containerPort: '123456' is no whole number from 1 to 65535.",
                "bad.yaml:15:5: spec.deployments.elsewhere: 'elsewhere' is no layer; expected one of: cloud, fog, edge.",
            ],
            problems.Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData("", "The file is empty or no mapping; expected 'key: value' lines.")]
    [InlineData("- a\n- b", "The file is empty or no mapping; expected 'key: value' lines.")]
    [InlineData("a: 1\n---\nb: 2", "The file has more than one document; expected one.")]
    [InlineData("kind: Fleet\napiVersion: foginfra.dev/v1alpha1", "This is a Fleet; expected a FogRollout (paguos.io/v1alpha1).")]
    public void Read_NoFogRollout_SaysWhatIsExpected(string text, string message)
    {
        var problem = Assert.Single(FogRolloutReader.Read("x.yaml", text).Problems);

        Assert.Equal(message, problem.Message);
    }

    [Fact]
    public void Read_BrokenYaml_NamesTheLine()
    {
        var problem = Assert.Single(FogRolloutReader.Read("x.yaml", "kind: FogRollout\nspec: {a: [1, 2\n").Problems);

        Assert.Equal(3, problem.Line);
        Assert.StartsWith("This is not valid YAML: ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{name: a, value: x, valueFrom: {fieldRef: {fieldPath: status.podIP}}}", "A variable has either 'value' or 'valueFrom', not both.")]
    [InlineData("{name: a, valueFrom: {}}", "Expected exactly one of: configMapKeyRef, secretKeyRef, fieldRef.")]
    [InlineData("{name: 1a}", "'1a' is no name of an environment variable.")]
    [InlineData("{value: x}", "The field 'name' is missing.")]
    public void Read_WrongVariable_SaysSo(string variable, string message)
    {
        var problems = ReadContainer($"env: [{variable}]");

        Assert.Equal(message, Assert.Single(problems).Message);
    }

    [Theory]
    [InlineData("{}", "Expected exactly one of: httpGet, tcpSocket, exec.")]
    [InlineData("{tcpSocket: {port: 80}, exec: {command: [x]}}", "Expected exactly one of: httpGet, tcpSocket, exec.")]
    [InlineData("{tcpSocket: {port: 0}}", "'0' is no whole number from 1 to 65535.")]
    [InlineData("{tcpSocket: {port: HTTP}}", "'HTTP' is neither a number nor a name of a port.")]
    [InlineData("{exec: {command: []}}", "The field 'command' is missing or empty.")]
    [InlineData("{httpGet: {port: 80, scheme: https}}", "'https' is not known; did you mean 'HTTPS'?")]
    [InlineData("{tcpSocket: {port: 80}, periodSeconds: 0}", "'0' is no whole number of at least 1.")]
    public void Read_WrongProbe_SaysSo(string probe, string message)
    {
        var problems = ReadContainer($"readinessProbe: {probe}");

        Assert.Equal(message, Assert.Single(problems).Message);
    }

    [Theory]
    [InlineData("resources: {limits: {cpu: lots}}", "'lots' is no quantity; expected a Kubernetes quantity such as 250m, 0.5 or 128Mi.")]
    [InlineData("imagePullPolicy: Sometimes", "'Sometimes' is not known; expected one of: Always, IfNotPresent, Never.")]
    [InlineData("ports: [{containerPort: 80}, {containerPort: 80}]", "The port 80/TCP is listed twice.")]
    [InlineData("command: run", "'run' is no list.")]
    [InlineData("workingDir: [a]", "A list is not a text.")]
    public void Read_WrongContainerField_SaysSo(string field, string message)
    {
        var problems = ReadContainer(field);

        Assert.Equal(message, Assert.Single(problems).Message);
    }

    private static IReadOnlyList<Problem> ReadContainer(string field) => FogRolloutReader.Read("x.yaml",
        $$"""
        apiVersion: paguos.io/v1alpha1
        kind: FogRollout
        metadata: {name: a}
        spec:
          version: v1
          deployments:
            edge:
              containers:
                - name: a
                  image: a:1
                  {{field}}
        """).Problems;
}
