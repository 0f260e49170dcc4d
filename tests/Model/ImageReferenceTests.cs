using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>References to images.</summary>
public sealed class ImageReferenceTests
{
    [Theory]
    [InlineData("nginx", null)]
    [InlineData("nginx:1.29", "1.29")]
    [InlineData("registry.example.org:5000/shop/web", null)]
    [InlineData("registry.example.org:5000/shop/web:2", "2")]
    [InlineData("nginx@sha256:0123456789abcdef0123456789abcdef", "0123456789ab")]
    [InlineData("nginx:1.29@sha256:0123456789abcdef0123456789abcdef", "0123456789ab")]
    public void TagOf_IsTheTag_OrTheBeginningOfTheDigest(string image, string? expected)
    {
        Assert.Equal(expected, ImageReference.TagOf(image));
        Assert.Equal(expected is not null, ImageReference.HasTag(image));
        Assert.Equal(expected is null ? $"{image}:3" : image, ImageReference.WithTag(image, "3"));
    }
}
