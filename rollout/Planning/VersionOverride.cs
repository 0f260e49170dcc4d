using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Model.Documents;

namespace FogInfra.Rollout.Planning;

/// <summary>A version that is wanted for one rollout instead of the one in the documents.</summary>
/// <param name="Service">The service, or <c>APPLICATION/SERVICE</c> where several applications have one of that name.</param>
/// <param name="Version">The version.</param>
public sealed record VersionOverride(string Service, string Version)
{
    /// <summary>Reads <c>SERVICE=VERSION</c>; null when the text is of another form.</summary>
    public static VersionOverride? Parse(string text)
    {
        var parts = text.Split('=', 2);
        return parts.Length == 2 && parts[0].Length > 0 && parts[1].Length > 0 ? new VersionOverride(parts[0], parts[1]) : null;
    }

    /// <summary>Sets the versions in applications.</summary>
    /// <returns>The applications with the versions set, and what could not be set, as sentences.</returns>
    public static (ImmutableArray<Application> Applications, ImmutableArray<string> Problems) Apply(
        ImmutableArray<Application> applications, IEnumerable<VersionOverride> overrides)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var @override in overrides)
        {
            var matches = Find(applications, @override.Service);
            if (Fault(applications, @override, matches) is { } problem)
            {
                problems.Add(problem);
                continue;
            }

            var (application, service) = matches[0];
            applications = applications.Replace(application, application with
            {
                Services = application.Services.Replace(service, service with { Version = @override.Version }),
            });
        }

        return (applications, problems.ToImmutable());
    }

    private static ImmutableArray<(Application Application, Service Service)> Find(ImmutableArray<Application> applications, string name) =>
        [
            .. from application in applications
               from service in application.Services
               where service.Name == name || $"{application.Name}/{service.Name}" == name
               select (application, service),
        ];

    private static string? Fault(
        ImmutableArray<Application> applications, VersionOverride @override, ImmutableArray<(Application Application, Service Service)> matches) =>
        matches switch
        {
            [] => $"There is no service '{@override.Service}'"
                + Suggestion.For(@override.Service, applications.SelectMany(application => application.Services).Select(service => service.Name)),
            [var (application, service)] when application.Program is null && !service.VersionDecidesImages =>
                $"The images of '{service.Name}' name their own tags, so that a version changes nothing; leave the tags out, or change them in the document.",
            [_] when !ServiceVersion.IsValid(@override.Version) => $"'{@override.Version}' is no version; expected {ServiceVersion.Rule}.",
            [_] => null,
            _ => $"Several applications have a service '{@override.Service}'; say which: "
                + string.Join(", ", matches.Select(match => $"{match.Application.Name}/{match.Service.Name}")) + ".",
        };
}
