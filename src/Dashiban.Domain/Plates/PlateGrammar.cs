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

/// <summary>
/// Texts of mainland plates after GA 36-2018, with what still drives on older plates, and the plates outside it (armed police,
/// military, 应急, 民航, tractors). The grammar judges a consensus, never a single look: judging looks one by one throws away
/// the evidence that would have outvoted the mistake.
/// </summary>
/// <remarks>
/// Where text and colour contradict each other the text decides, and the judgement carries the colour that such a plate has:
/// eight characters with a new-energy letter are green whatever the colour reader says, and five serial characters behind a
/// green background are an ordinary plate under a colour cast (green is taken for blue, yellow-green for yellow). Colour
/// alone decides only between classes of equal text: blue small, yellow large, black foreign-owned.
/// </remarks>
public static class PlateGrammar
{
    /// <summary>The 31 provinces, autonomous regions and municipalities that issue plates.</summary>
    public const string Provinces = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";

    /// <summary>Letters of new-energy plates: D, A, B, C and E are pure electric, F, G, H, J and K all others.</summary>
    public const string NewEnergyLetters = "DABCEFGHJK";

    private const string Specials = "学警港澳挂使领应急民航";

    /// <summary>Judges a text together with what was seen of the plate.</summary>
    /// <param name="text">The text without separator; nothing is corrected.</param>
    /// <param name="colour">The colour as read.</param>
    /// <param name="layout">Rows as seen.</param>
    public static PlateJudgement Judge(string text, PlateColour colour, PlateLayout layout)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Invalid(PlateRejection.Empty);
        }

        if (FirstUnknown(text) >= 0)
        {
            return Invalid(PlateRejection.UnknownCharacter);
        }

        return text[0] switch
        {
            _ when text[0] == '使' || text[^1] == '使' => JudgeEmbassy(text),
            '民' => JudgeCivilAviation(text),
            _ when text.StartsWith("WJ", StringComparison.Ordinal) => JudgeArmedPolice(text),
            >= 'A' and <= 'Z' => JudgeMilitary(text, colour),
            _ when IsProvince(text[0]) => JudgeProvincial(text, colour, layout),
            _ => Invalid(PlateRejection.UnknownProvince),
        };
    }

    /// <summary>
    /// The spelling of a text as it was read. Readers know no letter O, because it stands on no plate but the old police ones,
    /// where it follows the province: a zero there is that letter. Tractors are the one class with digits there.
    /// </summary>
    public static string Spell(string read) =>
        read.Length is > 1 and < 8 && read[1] == '0' && IsProvince(read[0])
            ? string.Concat(read.AsSpan(0, 1), "O", read.AsSpan(2))
            : read;

    /// <summary>True for the 31 characters of <see cref="Provinces"/>.</summary>
    public static bool IsProvince(char character) => Provinces.Contains(character, StringComparison.Ordinal);

    private static PlateJudgement JudgeProvincial(string text, PlateColour colour, PlateLayout layout)
    {
        if (text.Length < 7)
        {
            return Invalid(PlateRejection.WrongLength);
        }

        if (char.IsAsciiDigit(text[1]))
        {
            return JudgeTractor(text);
        }

        if (text[1] is < 'A' or > 'Z' or 'I')
        {
            return Invalid(PlateRejection.UnknownAuthority);
        }

        return text[^1] switch
        {
            '挂' => JudgeSuffixed(text, PlateClass.Trailer, PlateColour.Yellow),
            '学' => JudgeSuffixed(text, PlateClass.DrivingSchool, PlateColour.Yellow),
            '警' => JudgeSuffixed(text, PlateClass.Police, PlateColour.White),
            '领' => JudgeSuffixed(text, PlateClass.Consulate, PlateColour.Black),
            '港' => JudgeBorder(text, PlateClass.HongKong),
            '澳' => JudgeBorder(text, PlateClass.Macao),
            '急' => JudgeEmergency(text),
            _ when text[1] == 'O' => JudgeOldPolice(text, colour),
            _ when text.Length == 7 => JudgeOrdinary(text, colour, layout),
            _ when text.Length == 8 => JudgeNewEnergy(text),
            _ => Invalid(PlateRejection.WrongLength),
        };
    }

    private static PlateJudgement JudgeOrdinary(string text, PlateColour colour, PlateLayout layout) =>
        SerialFault(text.AsSpan(2)) is { } fault
            ? Invalid(fault)
            : colour switch
            {
                PlateColour.Blue when layout == PlateLayout.DoubleRow => Valid(PlateClass.Moped, PlateColour.Blue),
                PlateColour.Blue or PlateColour.Green => Valid(PlateClass.Small, PlateColour.Blue),
                PlateColour.Yellow or PlateColour.YellowGreen => Valid(PlateClass.Large, PlateColour.Yellow),
                PlateColour.Black => Valid(PlateClass.ForeignOwned, PlateColour.Black),
                _ => Valid(PlateClass.SmallOrLarge, PlateColour.Unknown),
            };

    /// <summary>Small: letter, letter or digit, four digits. Large: five digits, letter.</summary>
    private static PlateJudgement JudgeNewEnergy(string text)
    {
        var serial = text.AsSpan(2);
        if (HasForbiddenLetter(serial))
        {
            return Invalid(PlateRejection.ForbiddenLetter);
        }

        if (IsNewEnergyLetter(serial[0]))
        {
            return IsSerialCharacter(serial[1]) && AreDigits(serial[2..])
                ? Valid(PlateClass.SmallNewEnergy, PlateColour.Green)
                : Invalid(PlateRejection.BadSerial);
        }

        if (IsNewEnergyLetter(serial[^1]))
        {
            return AreDigits(serial[..5])
                ? Valid(PlateClass.LargeNewEnergy, PlateColour.YellowGreen)
                : Invalid(PlateRejection.BadSerial);
        }

        return Invalid(PlateRejection.BadNewEnergyLetter);
    }

    private static PlateJudgement JudgeSuffixed(string text, PlateClass plate, PlateColour colour)
    {
        if (text.Length != 7)
        {
            return Invalid(PlateRejection.WrongLength);
        }

        return SerialFault(text.AsSpan(2, 4)) is { } fault ? Invalid(fault) : Valid(plate, colour);
    }

    /// <summary>Vehicles from Hong Kong and Macao are registered by Guangdong alone, all under Z.</summary>
    private static PlateJudgement JudgeBorder(string text, PlateClass plate) => text is ['粤', 'Z', ..]
        ? JudgeSuffixed(text, plate, PlateColour.Black)
        : Invalid(PlateRejection.UnknownAuthority);

    private static PlateJudgement JudgeEmergency(string text)
    {
        if (text.Length != 8)
        {
            return Invalid(PlateRejection.WrongLength);
        }

        return text[6] == '应' && AreDigits(text.AsSpan(2, 4))
            ? Valid(PlateClass.EmergencyRescue, PlateColour.White)
            : Invalid(PlateRejection.BadSerial);
    }

    private static PlateJudgement JudgeOldPolice(string text, PlateColour colour)
    {
        if (text.Length != 7)
        {
            return Invalid(PlateRejection.WrongLength);
        }

        return SerialFault(text.AsSpan(2)) is { } fault ? Invalid(fault) : Valid(PlateClass.Police, colour);
    }

    private static PlateJudgement JudgeTractor(string text) => text.Length switch
    {
        7 => Invalid(PlateRejection.UnknownAuthority),
        8 when AreDigits(text.AsSpan(1)) => Valid(PlateClass.Tractor, PlateColour.Green),
        8 => Invalid(PlateRejection.UnknownAuthority),
        _ => Invalid(PlateRejection.WrongLength),
    };

    /// <summary>Three digits of the country and three of the serial; 使 in front, or behind on older plates.</summary>
    private static PlateJudgement JudgeEmbassy(string text)
    {
        if (text.Length != 7)
        {
            return Invalid(PlateRejection.WrongLength);
        }

        return AreDigits(text[0] == '使' ? text.AsSpan(1) : text.AsSpan(0, 6))
            ? Valid(PlateClass.Embassy, PlateColour.Black)
            : Invalid(PlateRejection.BadSerial);
    }

    private static PlateJudgement JudgeCivilAviation(string text)
    {
        if (text is not ['民', '航', ..])
        {
            return Invalid(PlateRejection.UnknownProvince);
        }

        if (text.Length != 7)
        {
            return Invalid(PlateRejection.WrongLength);
        }

        return IsSerialCharacter(text[2]) && AreDigits(text.AsSpan(3))
            ? Valid(PlateClass.CivilAviation, PlateColour.Green)
            : Invalid(PlateRejection.BadSerial);
    }

    /// <summary>
    /// WJ, a province unless it is the national headquarters, four digits, one letter of the service or digit. Before 2013 the
    /// province was a number of two digits, and the letter stood in front: nine characters, the longest text of all.
    /// </summary>
    private static PlateJudgement JudgeArmedPolice(string text)
    {
        if (text.Length == 9)
        {
            return AreDigits(text.AsSpan(2, 2)) && IsSerialCharacter(text[4]) && AreDigits(text.AsSpan(5))
                ? Valid(PlateClass.ArmedPolice, PlateColour.White)
                : Invalid(PlateRejection.BadSerial);
        }

        var serial = text.AsSpan(text.Length > 2 && IsProvince(text[2]) ? 3 : 2);
        if (serial.Length != 5)
        {
            return Invalid(PlateRejection.WrongLength);
        }

        return AreDigits(serial[..4]) && IsSerialCharacter(serial[4])
            ? Valid(PlateClass.ArmedPolice, PlateColour.White)
            : Invalid(PlateRejection.BadSerial);
    }

    private static PlateJudgement JudgeMilitary(string text, PlateColour colour)
    {
        if (text.Length != 7)
        {
            return Invalid(PlateRejection.UnknownProvince);
        }

        if (HasForbiddenLetter(text))
        {
            return Invalid(PlateRejection.ForbiddenLetter);
        }

        if (!char.IsAsciiLetterUpper(text[1]) || !AreDigits(text.AsSpan(2)))
        {
            return Invalid(PlateRejection.UnknownProvince);
        }

        return colour == PlateColour.White
            ? Valid(PlateClass.Military, PlateColour.White)
            : Invalid(PlateRejection.MilitaryNeedsWhite);
    }

    /// <summary>
    /// GA 36 allows two letters in a serial, but plates chosen by their owners under earlier rules have up to four; only a
    /// serial without any digit does not exist.
    /// </summary>
    private static PlateRejection? SerialFault(ReadOnlySpan<char> serial)
    {
        if (HasForbiddenLetter(serial))
        {
            return PlateRejection.ForbiddenLetter;
        }

        foreach (var character in serial)
        {
            if (!IsSerialCharacter(character))
            {
                return PlateRejection.BadSerial;
            }
        }

        return serial.ContainsAnyInRange('0', '9') ? null : PlateRejection.BadSerial;
    }

    private static int FirstUnknown(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (!char.IsAsciiDigit(character)
                && !char.IsAsciiLetterUpper(character)
                && !IsProvince(character)
                && !Specials.Contains(character, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool HasForbiddenLetter(ReadOnlySpan<char> serial) => serial.ContainsAny('I', 'O');

    private static bool IsNewEnergyLetter(char character) => NewEnergyLetters.Contains(character, StringComparison.Ordinal);

    private static bool IsSerialCharacter(char character) =>
        char.IsAsciiDigit(character) || (char.IsAsciiLetterUpper(character) && character is not ('I' or 'O'));

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static PlateJudgement Valid(PlateClass plate, PlateColour colour) => new(true, plate, colour, PlateRejection.None);

    private static PlateJudgement Invalid(PlateRejection why) => new(false, PlateClass.Unknown, PlateColour.Unknown, why);
}
