using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>Keeps the errors that a program under test reports.</summary>
internal sealed class MockEngine : IEngine
{
    private ImmutableList<string> _errors = [];

    public ImmutableList<string> Errors => _errors;

    public Task LogAsync(Wire.LogRequest request)
    {
        if (request.Severity == Wire.LogSeverity.Error)
        {
            ImmutableInterlocked.Update(ref _errors, errors => errors.Add(request.Message));
        }

        return Task.CompletedTask;
    }

    public Task RequirePulumiVersionAsync(Wire.RequirePulumiVersionRequest request) => Task.CompletedTask;
}
