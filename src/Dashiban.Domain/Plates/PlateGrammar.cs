namespace Dashiban.Domain.Plates;

/// <summary>Why a text is no plate.</summary>
public enum PlateRejection
{
    None,

    /// <summary>No text at all.</summary>
    Empty,

    /// <summary>A character that stands on no plate: lower case, punctuation, another script.</summary>
    UnknownCharacter,

    /// <summary>Too short or too long for any plate that begins like this.</summary>
    WrongLength,

    /// <summary>The first character is neither one of the 31 provinces nor the beginning of a special plate.</summary>
    UnknownProvince,

    /// <summary>The second character is not a letter that an issuing authority has.</summary>
    UnknownAuthority,

    /// <summary>I or O in the serial: GA 36 leaves them out because of 1 and 0.</summary>
    ForbiddenLetter,

    /// <summary>The serial does not follow the pattern of its class.</summary>
    BadSerial,

    /// <summary>Eight characters, but no new-energy letter where it belongs.</summary>
    BadNewEnergyLetter,

    /// <summary>Only a white plate may begin like a military one; on another colour the province was misread.</summary>
    MilitaryNeedsWhite,
}

/// <summary>What the grammar says of a text.</summary>
/// <param name="IsValid">True where a plate of this text can exist.</param>
/// <param name="Class">Its class; <see cref="PlateClass.Unknown"/> where it is not valid.</param>
/// <param name="Colour">The colour that a plate of this class has: the colour read, or corrected where the text contradicts it.</param>
/// <param name="Rejection">Why it is not valid; <see cref="PlateRejection.None"/> where it is.</param>
public readonly record struct PlateJudgement(bool IsValid, PlateClass Class, PlateColour Colour, PlateRejection Rejection);
