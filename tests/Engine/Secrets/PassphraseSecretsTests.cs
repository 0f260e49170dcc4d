using FogInfra.Embedded.Engine.Secrets;

namespace FogInfra.Engine.Tests.Secrets;

public sealed class PassphraseSecretsTests
{
    private readonly PassphraseKeyCache _keys = new();

    [Fact]
    public async Task Open_SaltMadeByAnotherImplementation_DecryptsItsCiphertext()
    {
        // Made with Python's hashlib.pbkdf2_hmac and cryptography's AESGCM from the published parameters.
        var secrets = await PassphraseSecrets.OpenAsync("hunter2", KnownVector.Salt, _keys);
        Assert.Equal("\"swordfish\"", secrets.Decrypt(KnownVector.Ciphertext));
    }

    [Fact]
    public async Task Encrypt_ThenOpenAgain_Decrypts()
    {
        var first = await PassphraseSecrets.CreateAsync("päss", _keys);
        var ciphertext = first.Encrypt("a\nb ü");
        var second = await PassphraseSecrets.OpenAsync("päss", first.SaltText, _keys);
        Assert.Equal("a\nb ü", second.Decrypt(ciphertext));
        Assert.Matches("^v1:[A-Za-z0-9+/]{16}:[A-Za-z0-9+/=]+$", ciphertext);
    }

    [Fact]
    public async Task Encrypt_SameTextTwice_GivesTheSameCiphertext()
    {
        var secrets = await PassphraseSecrets.CreateAsync("p", _keys);
        Assert.Equal(secrets.Encrypt("x"), secrets.Encrypt("x"));
        Assert.NotEqual(secrets.Encrypt("x"), secrets.Encrypt("y"));
    }

    [Fact]
    public async Task Encrypt_TextThatWasDecrypted_GivesTheCiphertextItCameFrom()
    {
        var first = await PassphraseSecrets.CreateAsync("p", _keys);
        var ciphertext = first.Encrypt("x");
        var second = await PassphraseSecrets.OpenAsync("p", first.SaltText, _keys);
        second.Decrypt(ciphertext);
        Assert.Equal(ciphertext, second.Encrypt("x"));
    }

    [Fact]
    public async Task Open_WrongPassphrase_SaysSo()
    {
        var exception = await Assert.ThrowsAsync<SecretsException>(() => PassphraseSecrets.OpenAsync("wrong", KnownVector.Salt, _keys));
        Assert.Equal("incorrect passphrase", exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v2:AAAA:v1:x:y")]
    [InlineData("v1:not base64!:v1:x:y")]
    public async Task Open_MalformedSalt_SaysSo(string salt)
    {
        var exception = await Assert.ThrowsAsync<SecretsException>(() => PassphraseSecrets.OpenAsync("p", salt, _keys));
        Assert.StartsWith("malformed encryption salt", exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1:AAAA:AAAA")]
    [InlineData("v1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Decrypt_DamagedText_FailsWithoutQuotingIt(string ciphertext)
    {
        var secrets = await PassphraseSecrets.CreateAsync("p", _keys);
        var exception = Assert.Throws<SecretsException>(() => secrets.Decrypt(ciphertext));
        Assert.Contains("failed to decrypt", exception.Message);
    }

    private static class KnownVector
    {
        public const string Salt = "v1:AQIDBAUGBwg=:v1:AAECAwQFBgcICQoL:vW472mLKystr5bE+Q1ub3GvXZHT0NQ==";
        public const string Ciphertext = "v1:DA0ODxAREhMUFRYX:bldR/kTYC8srRE7WL3n0BzEf7jKdVNfFut2e";
    }
}
