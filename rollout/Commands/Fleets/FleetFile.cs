using System.Text;
using FogInfra.Model.Documents.Editing;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary>A fleet document on disk that is changed in place: all of it or nothing, and never over somebody else's change.</summary>
internal static class FleetFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Makes a change, and says what became of it.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="change">The change.</param>
    /// <param name="isDryRun">Whether the change is only shown.</param>
    /// <param name="context">The world around the process.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Edit(string file, FleetChange change, bool isDryRun, CommandContext context)
    {
        try
        {
            return EditCore(file, change, isDryRun, context);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            context.WriteError($"{file}: the file cannot be changed: {exception.Message}");
            return ExitCode.Invalid;
        }
        catch (DecoderFallbackException)
        {
            context.WriteError($"{file}: the file is not UTF-8.");
            return ExitCode.Invalid;
        }
    }

    private static int EditCore(string file, FleetChange change, bool isDryRun, CommandContext context)
    {
        var path = Path.GetFullPath(file, context.CurrentDirectory);
        path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var bytes = File.ReadAllBytes(path);
        var mark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var text = Utf8.GetString(bytes, mark, bytes.Length - mark);
        var result = FleetEditor.Apply(file, text, change);
        if (result.Value is not { } changed)
        {
            foreach (var problem in result.Problems)
            {
                context.WriteError($"{problem}");
            }

            context.WriteError("Nothing was changed.");
            return ExitCode.Invalid;
        }

        if (changed == text)
        {
            context.Out.WriteLine($"{file} says so already.");
            return ExitCode.Success;
        }

        if (!isDryRun)
        {
            Replace(path, bytes, [.. bytes[..mark], .. Utf8.GetBytes(changed)]);
        }

        foreach (var (line, style) in LineDiff.Of(text, changed, file))
        {
            context.Out.WriteLine(line, style);
        }

        context.Out.WriteLine(isDryRun ? "Nothing was changed: this is a dry run." : $"{file} is changed; no cluster is. See what it would do: fog preview");
        return ExitCode.Success;
    }

    private static void Replace(string path, byte[] before, byte[] after)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(after);
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }

            if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(before))
            {
                throw new IOException("somebody else has changed it just now; run the command again");
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
