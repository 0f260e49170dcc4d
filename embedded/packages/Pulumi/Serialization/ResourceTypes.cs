using System.Reflection;

namespace Pulumi;

/// <summary>The classes marked with <see cref="ResourceTypeAttribute"/>, by which references to resources become objects.</summary>
internal sealed class ResourceTypes
{
    private readonly Lazy<ILookup<string, Candidate>> _candidates = new(Discover);

    /// <summary>Makes an object for a resource that the engine has; null when no class is marked with its type.</summary>
    /// <param name="urn">The resource.</param>
    /// <param name="packageVersion">The version that its package has; empty when that does not matter.</param>
    public Resource? TryConstruct(string urn, string packageVersion)
    {
        if (Find(Urn.TypeOf(urn), packageVersion) is not { } type)
        {
            return null;
        }

        var constructor = type.GetConstructors().FirstOrDefault(candidate => candidate.GetParameters().Length == 3)
            ?? throw new InvalidOperationException(
                $"{type.FullName} is marked with [ResourceType], so it must have a constructor (name, args, options).");
        ResourceOptions options = typeof(CustomResource).IsAssignableFrom(type)
            ? new CustomResourceOptions { Urn = urn }
            : new ComponentResourceOptions { Urn = urn };
        return (Resource)constructor.Invoke(
            BindingFlags.DoNotWrapExceptions, binder: null, [Urn.NameOf(urn), null, options], culture: null);
    }

    /// <summary>The class for a type: the newest that is not older than the version and has its major number.</summary>
    private Type? Find(string type, string packageVersion)
    {
        var wanted = SemanticVersion.TryParse(packageVersion);
        return _candidates.Value[type]
            .Where(candidate => wanted is null || candidate.Version is null
                || (candidate.Version.Major == wanted.Major && candidate.Version.CompareTo(wanted) >= 0))
            .OrderByDescending(candidate => candidate.Version ?? wanted)
            .FirstOrDefault()?.Type;
    }

    private static ILookup<string, Candidate> Discover()
    {
        var found =
            from assembly in FindAssemblies()
            from type in assembly.GetTypes()
            where typeof(Resource).IsAssignableFrom(type)
            let mark = type.GetCustomAttribute<ResourceTypeAttribute>()
            where mark is not null
            select (mark.Type, Candidate: new Candidate(type, SemanticVersion.TryParse(mark.Version)));
        return found.ToLookup(pair => pair.Type, pair => pair.Candidate, StringComparer.Ordinal);
    }

    /// <summary>The assemblies of the program that use this one: those that are loaded, and those that they refer to.</summary>
    private static IEnumerable<Assembly> FindAssemblies()
    {
        var own = typeof(Resource).Assembly;
        var met = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic));
        while (waiting.TryDequeue(out var assembly))
        {
            if (assembly.GetName().Name is not { } name || IsSystem(name) || !met.Add(assembly.FullName!))
            {
                continue;
            }

            var references = assembly.GetReferencedAssemblies();
            if (assembly == own || references.Any(reference => reference.Name == own.GetName().Name))
            {
                yield return assembly;
            }

            foreach (var reference in references.Where(reference => !IsSystem(reference.Name!) && !met.Contains(reference.FullName)))
            {
                if (TryLoad(reference) is { } loaded)
                {
                    waiting.Enqueue(loaded);
                }
            }
        }
    }

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            return null; // A reference that is not needed at run time may be missing.
        }
    }

    private static bool IsSystem(string assembly) =>
        assembly.StartsWith("System", StringComparison.Ordinal) || assembly.StartsWith("Microsoft.", StringComparison.Ordinal);

    private sealed record Candidate(Type Type, SemanticVersion? Version);
}
