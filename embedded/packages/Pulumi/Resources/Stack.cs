using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <summary>
/// The root of a program's resources. Derive from it, make the resources in the constructor, and mark its outputs with
/// <see cref="OutputAttribute"/>.
/// </summary>
public class Stack : ComponentResource
{
    internal const string StackType = "pulumi:pulumi:Stack";

    /// <summary>Registers the stack of the running program.</summary>
    /// <param name="options">What applies to all resources of the stack.</param>
    public Stack(StackOptions? options = null)
        : base(StackType, $"{Deployment.Instance.ProjectName}-{Deployment.Instance.StackName}", ToComponentOptions(options)) =>
        ProgramRun.Current.Stack = this;

    /// <summary>Gives the properties that are marked as outputs to the engine.</summary>
    /// <exception cref="RunException">One of them has no value, or is no output.</exception>
    internal void RegisterPropertyOutputs()
    {
        var outputs =
            (from property in GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
             let mark = property.GetCustomAttribute<OutputAttribute>()
             where mark is not null && !property.DeclaringType!.IsAssignableFrom(typeof(Stack))
             select (Name: mark.Name ?? property.Name, Value: property.GetValue(this))).ToImmutableArray();
        var missing = outputs.Where(output => output.Value is null).Select(output => output.Name).ToArray();
        if (missing.Length > 0)
        {
            throw new RunException(
                $"The constructor of {GetType().FullName} must set all outputs; these have no value: {string.Join(", ", missing)}.");
        }

        var others = outputs.Where(output => output.Value is not IOutput).Select(output => output.Name).ToArray();
        if (others.Length > 0)
        {
            throw RunException.OutputsHaveIncorrectType(others);
        }

        RegisterOutputs(outputs.ToDictionary(output => output.Name, object? (output) => output.Value));
    }

    /// <summary>Runs the part of a program that makes the resources, and gives what it returns to the engine.</summary>
    internal void RegisterProgramOutputs(Func<Task<IDictionary<string, object?>>> program)
    {
        RegisterOutputs(RunAsync());

        async Task<IDictionary<string, object?>> RunAsync() => (await program().ConfigureAwait(false)).ToImmutableDictionary();
    }

    private static ComponentResourceOptions? ToComponentOptions(StackOptions? options) => options is null ? null : new()
    {
        ResourceTransformations = options.ResourceTransformations,
        ResourceTransforms = options.ResourceTransforms,
    };
}
