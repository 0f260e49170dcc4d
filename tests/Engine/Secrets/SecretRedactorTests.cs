using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Engine.Tests.Secrets;

public sealed class SecretRedactorTests
{
    [Fact]
    public void Redact_SecretInsideText_IsMasked()
    {
        var redactor = new SecretRedactor();
        redactor.Add("swordfish");
        Assert.Equal("login with [secret] failed", redactor.Redact("login with swordfish failed"));
    }

    [Fact]
    public void Redact_OneSecretInsideAnother_MasksTheLongerFirst()
    {
        var redactor = new SecretRedactor();
        redactor.Add("pass");
        redactor.Add("password");
        Assert.Equal("[secret]!", redactor.Redact("password!"));
    }

    [Fact]
    public void Add_Values_RemembersTextsOfSecretsAtAnyDepthAndNoOthers()
    {
        var redactor = new SecretRedactor();
        redactor.Add(PropertyMap.Of(
            ("plain", "visible"),
            ("nested", PropertyMap.Of(("list", PropertyValue.ListOf(new PropertyValue.Secret(PropertyMap.Of(("key", "hidden")))))))));
        Assert.Equal("visible [secret]", redactor.Redact("visible hidden"));
    }

    [Fact]
    public void Redact_VeryShortSecret_IsLeftAlone()
    {
        var redactor = new SecretRedactor();
        redactor.Add("on");
        Assert.Equal("connection", redactor.Redact("connection"));
    }
}
