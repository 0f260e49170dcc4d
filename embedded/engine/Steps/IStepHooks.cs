namespace FogInfra.Embedded.Engine.Steps;

/// <summary>What a program wants to happen before and after steps.</summary>
internal interface IStepHooks
{
    /// <summary>Runs a step with what belongs before and after it, and again where a failure is to be tried once more.</summary>
    /// <param name="step">The step.</param>
    /// <param name="run">Does it.</param>
    Task<StepResult> AroundAsync(Step step, Func<Task<StepResult>> run);
}

/// <summary>Where there is no program there are no hooks. A step that needs one is refused.</summary>
internal sealed class NoStepHooks : IStepHooks
{
    /// <inheritdoc/>
    public Task<StepResult> AroundAsync(Step step, Func<Task<StepResult>> run)
    {
        var needed = step.Op is StepOp.Delete or StepOp.DeleteReplaced
            ? step.Resource.Hooks.Of(State.ResourceHooks.BeforeDelete).AddRange(step.Resource.Hooks.Of(State.ResourceHooks.AfterDelete))
            : [];
        return needed.IsEmpty ? run() : Task.FromResult<StepResult>(new StepResult.Failed(
            $"resource hook \"{needed[0]}\" of {step.Urn} is not registered by a program; deleting a resource with delete hooks needs the program: use --run-program"));
    }
}
