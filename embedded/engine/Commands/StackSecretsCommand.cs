using System.CommandLine;
using FogInfra.Embedded.Engine.Secrets;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary><c>pulumi stack change-secrets-provider</c>: a new passphrase for the secrets of a stack's settings and state.</summary>
internal static class StackSecretsCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(CommandContext context, Option<string?> stack)
    {
        var provider = new Argument<string>("new-secrets-provider") { Description = "The type of the provider that encrypts secrets: default or passphrase" };
        var command = new Command(
            "change-secrets-provider",
            "Encrypt the stack's secrets anew. The old passphrase is that of the environment, the new one the first line of standard input") { provider };
        command.SetAction(async (parse, _) =>
        {
            if (parse.GetValue(provider) is not ("default" or PassphraseSecrets.ProviderType))
            {
                throw new CommandException($"unknown secrets provider type '{parse.GetValue(provider)}' (supported values: default, passphrase)", ExitCode.WrongInvocation);
            }

            var passphrase = (await context.Invocation.StandardInput.ReadLineAsync(context.Canceled).ConfigureAwait(false))?.TrimEnd('\r');
            if (string.IsNullOrEmpty(passphrase))
            {
                throw new CommandException("the new passphrase is missing: it is expected as the first line of standard input", ExitCode.WrongInvocation);
            }

            var opened = await context.OpenStackAsync(parse.GetValue(stack), otherPassphrase: passphrase).ConfigureAwait(false);
            await using var held = await opened.LockAsync().ConfigureAwait(false);
            await EncryptAnewAsync(opened).ConfigureAwait(false);
            await context.Out.WriteLineAsync($"The secrets of stack '{opened.DisplayName}' are encrypted with the new passphrase.").ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    // Both are read before either is written. Settings and state each name their own salt; when the command is killed between the two,
    // one has the old passphrase and one the new, and the same command finishes what was begun: it can open both.
    private static async Task EncryptAnewAsync(OpenedStack opened)
    {
        var before = await opened.OpenSecretsAsync().ConfigureAwait(false);
        var settings = await opened.ReadSettingsAsync().ConfigureAwait(false);
        var snapshot = await opened.ReadSnapshotAsync().ConfigureAwait(false);
        var after = await opened.CreateSecretsAsync().ConfigureAwait(false);
        await opened.WriteSettingsAsync(settings with
        {
            SecretsProvider = "",
            EncryptionSalt = after.SaltText,
            Config = settings.Config.SetItems(settings.Config.Select(item => KeyValuePair.Create(item.Key, item.Value.Reencrypt(before, after)))),
        }).ConfigureAwait(false);
        if (snapshot is not null)
        {
            await opened.WriteSnapshotAsync(snapshot).ConfigureAwait(false);
        }
    }
}
