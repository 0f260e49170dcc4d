namespace Semver;

/// <summary>Which departures from the form of semver.org 2.0.0 a version may have.</summary>
[Flags]
public enum SemVersionStyles
{
    /// <summary>None.</summary>
    Strict = 0,

    /// <summary>Zeros before a number.</summary>
    AllowLeadingZeros = 1,

    /// <summary>White space before it.</summary>
    AllowLeadingWhitespace = 2,

    /// <summary>White space after it.</summary>
    AllowTrailingWhitespace = 4,

    /// <summary>White space around it.</summary>
    AllowWhitespace = AllowLeadingWhitespace | AllowTrailingWhitespace,

    /// <summary>A <c>v</c> before it.</summary>
    AllowLowerV = 8,

    /// <summary>A <c>V</c> before it.</summary>
    AllowUpperV = 16,

    /// <summary>A <c>v</c> or <c>V</c> before it.</summary>
    AllowV = AllowLowerV | AllowUpperV,

    /// <summary>No patch number, which is 0 then.</summary>
    OptionalPatch = 32,

    /// <summary>Neither a minor nor a patch number, which are 0 then.</summary>
    OptionalMinorPatch = 64 | OptionalPatch,

    /// <summary>All of them.</summary>
    Any = -1,
}
