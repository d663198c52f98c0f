namespace Dashiban.SyntheticRoad.Plates;

/// <summary>One character's box on a plate, mm from the plate's top left corner.</summary>
internal readonly record struct CharacterBox(char Character, float X, float Y, float Width, float Height, bool IsRed);

/// <summary>Where GA 36 puts the characters and the separator dot of a plate.</summary>
/// <param name="Boxes">One box per character, in reading order.</param>
/// <param name="Dot">Centre of the separator dot in mm; null where the layout has none.</param>
internal sealed record PlateLayout(IReadOnlyList<CharacterBox> Boxes, (float X, float Y)? Dot)
{
    private const float Top = 25;
    private const float Box = 45;
    private const float Tall = 90;
    private const float Left = 15.5f;

    public static PlateLayout Of(PlateFace face)
    {
        var expected = face.Style is PlateStyle.GreenSmall or PlateStyle.YellowGreen ? 8 : 7;
        var isEmergency = face.Style is PlateStyle.White && face.Text.EndsWith("应急", StringComparison.Ordinal);
        if (face.Text.Length != (isEmergency ? 8 : expected))
        {
            throw new ArgumentException($"A plate of style {face.Style} carries {expected} characters, this text has {face.Text.Length}.", nameof(face));
        }

        return face.Style switch
        {
            PlateStyle.YellowDouble => TwoRows(face.Text),
            PlateStyle.GreenSmall or PlateStyle.YellowGreen => NewEnergy(face.Text),
            _ when isEmergency => Emergency(face.Text),
            _ => OneRow(face.Text),
        };
    }

    private static PlateLayout OneRow(string text)
    {
        // Embassies write 使 and three digits before the dot; everyone else province and letter.
        var before = text[0] == '使' ? 4 : 2;
        var boxes = text.Select((c, i) => new CharacterBox(c, Left + (57 * i) + (i < before ? 0 : 22), Top, Box, Tall, "警使领".Contains(c, StringComparison.Ordinal)));
        return new PlateLayout([.. boxes], (Left + (57 * before) + 5, 70));
    }

    private static PlateLayout NewEnergy(string text)
    {
        var boxes = text.Select((c, i) => i switch
        {
            0 => new CharacterBox(c, 15.5f, Top, 45, Tall, false),
            1 => new CharacterBox(c, 69.5f, Top, 43, Tall, false),
            _ => new CharacterBox(c, 161.5f + (52 * (i - 2)), Top, 43, Tall, false),
        });
        return new PlateLayout([.. boxes], null);
    }

    private static PlateLayout TwoRows(string text)
    {
        var upper = text[..2].Select((c, i) => new CharacterBox(c, 110 + (140 * i), 15, 80, 60, false));
        var lower = text[2..].Select((c, i) => new CharacterBox(c, 27 + (80 * i), 90, 65, 110, false));
        return new PlateLayout([.. upper, .. lower], (220, 45));
    }

    private static PlateLayout Emergency(string text)
    {
        var front = text[..6].Select((c, i) => new CharacterBox(c, Left + (57 * i) + (i < 2 ? 0 : 22), Top, Box, Tall, false));
        var stacked = text[6..].Select((c, i) => new CharacterBox(c, 380, 22 + (51 * i), 45, 45, true));
        return new PlateLayout([.. front, .. stacked], (134.5f, 70));
    }
}
