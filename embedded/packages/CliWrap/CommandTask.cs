using System.Runtime.CompilerServices;

namespace CliWrap;

/// <summary>A command that runs. It can be awaited.</summary>
/// <typeparam name="TResult">What it gives at its end.</typeparam>
public class CommandTask<TResult> : IDisposable
{
    /// <summary>Ties a task to a process.</summary>
    public CommandTask(Task<TResult> task, int processId)
    {
        Task = task;
        ProcessId = processId;
    }

    /// <summary>Ends with the command.</summary>
    public Task<TResult> Task { get; }

    /// <summary>The process's id.</summary>
    public int ProcessId { get; }

    /// <summary>The task of a command.</summary>
    public static implicit operator Task<TResult>(CommandTask<TResult> commandTask) => commandTask.Task;

    /// <summary>Awaits the command.</summary>
    public TaskAwaiter<TResult> GetAwaiter() => Task.GetAwaiter();

    /// <summary>Awaits the command, on the captured context or not.</summary>
    public ConfiguredTaskAwaitable<TResult> ConfigureAwait(bool continueOnCapturedContext) =>
        Task.ConfigureAwait(continueOnCapturedContext);

    /// <summary>Lets go of the task, which must have ended.</summary>
    public void Dispose()
    {
        Task.Dispose();
        GC.SuppressFinalize(this);
    }
}
