using System.Globalization;
using System.Runtime.CompilerServices;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Operators;

/// <summary>
/// Messages of people to the runner of a rollout: a file each, which is there as a whole or not at all. The runner puts a message on record
/// under its name and then removes it, so that a runner that is killed between the two takes it once all the same. What nobody takes
/// now waits for the one who takes the rollout over.
/// </summary>
/// <param name="folder">The rollout's folder.</param>
/// <param name="time">The clock.</param>
internal sealed class CommandMailbox(RolloutFolder folder, TimeProvider time) : IRolloutInbox
{
    private const string Extension = ".json";

    /// <summary>How often the runner looks.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Leaves a message.</summary>
    /// <returns>Its name.</returns>
    public string Post(OperatorCommand command)
    {
        Directory.CreateDirectory(folder.Commands);
        var name = $"{time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss.fffffff", CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}";
        var temporary = Path.Combine(folder.Commands, $"{name}.new");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(temporary, options))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(EntryJson.WriteCommand(command)));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, FileOf(name));
        return name;
    }

    /// <summary>Whether a message was taken, or taken back.</summary>
    public bool IsTaken(string name) => !File.Exists(FileOf(name));

    /// <summary>Takes a message back; false when the runner was faster.</summary>
    public bool TakeBack(string name)
    {
        var file = FileOf(name);
        var there = File.Exists(file);
        File.Delete(file);
        return there;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RolloutEvent> ReadAsync(Func<RolloutState> state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            foreach (var file in Waiting())
            {
                var name = Path.GetFileNameWithoutExtension(file);
                if (state().Commands.Contains(name))
                {
                    File.Delete(file); // It is on record.
                }
                else if (told.Add(name) && EntryJson.ReadCommand(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)) is { } command)
                {
                    yield return new RolloutEvent.Commanded(command, name);
                }
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    private IEnumerable<string> Waiting() => !Directory.Exists(folder.Commands)
        ? []
        : Directory.EnumerateFiles(folder.Commands, $"*{Extension}").Order(StringComparer.Ordinal);

    private string FileOf(string name) => Path.Combine(folder.Commands, $"{name}{Extension}");
}
