namespace Pulumi.Automation;

/// <summary>What is done to a resource.</summary>
public enum OperationType
{
    /// <summary>Something that this library does not know.</summary>
    Unknown = -1,

    /// <summary>Nothing.</summary>
    Same = 0,

    /// <summary>It is made.</summary>
    Create = 1,

    /// <summary>It is changed.</summary>
    Update = 2,

    /// <summary>It is deleted.</summary>
    Delete = 3,

    /// <summary>It is replaced.</summary>
    Replace = 4,

    /// <summary>The first half of a replacement: the new one is made.</summary>
    CreateReplacement = 5,

    /// <summary>The second half of a replacement: the old one is deleted.</summary>
    DeleteReplaced = 6,

    /// <summary>It is read, but not managed.</summary>
    Read = 7,

    /// <summary>It is read, and takes the place of another.</summary>
    ReadReplacement = 8,

    /// <summary>Its state is put right.</summary>
    Refresh = 9,

    /// <summary>It is no longer read.</summary>
    ReadDiscard = 10,

    /// <summary>It was read, and another took its place.</summary>
    DiscardReplaced = 11,

    /// <summary>What an interrupted replacement left is forgotten.</summary>
    RemovePendingReplace = 12,

    /// <summary>It exists, and is managed from now on.</summary>
    Import = 13,

    /// <summary>It exists, is managed from now on, and takes the place of another.</summary>
    ImportReplacement = 14,
}
