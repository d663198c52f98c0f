using SkiaSharp;

namespace Dashiban.SyntheticRoad.Plates;

/// <summary>
/// Letters and digits of a number plate as centre lines in a 45 x 90 mm box, to be stroked 10 mm wide (GA 36: condensed,
/// one stroke width, flat ends). Own drawings in the manner of the standard; I and O do not exist on plates.
/// </summary>
internal static class CharacterStrokes
{
    private const string Zero = "M22.5 5 C34 5 40 11 40 22 V68 C40 79 34 85 22.5 85 C11 85 5 79 5 68 V22 C5 11 11 5 22.5 5 Z";
    private const string Bowl = "M5 0 V90 M5 5 H24 C34 5 40 12 40 25.5 C40 39 34 46.5 24 46.5 H5";

    private static readonly Dictionary<char, string> Lines = new()
    {
        ['0'] = Zero,
        ['1'] = "M23 0 V90",
        ['2'] = "M5 24 V22 C5 11 12 5 22.5 5 C33.5 5 40 12 40 23 C40 31 37 37 33 43 L7 85 H45",
        ['3'] = "M1 5 H37 L21 38 C34 37 40 47 40 60 C40 77 33 85 22 85 C11 85 5.5 78 5 65",
        ['4'] = "M29 -3 L6 70.5 H45 M34.5 46 V90",
        ['5'] = "M41 5 H7 V44 C10 39.5 15 37.5 22 37.5 C34 37.5 40 45 40 60 C40 77 33 85 22.5 85 C11 85 5.5 78 5 66",
        ['6'] = "M34 0 C18 18 5 42 5 64 C5 78 12 85 22.5 85 C33 85 40 78 40 66 C40 54 33 47.5 22.5 47.5 C13 47.5 7 53 5.5 62",
        ['7'] = "M0 5 H39 C29 30 23.5 58 23 90",
        ['8'] = "M22.5 5 C32 5 37.5 11.5 37.5 23 C37.5 35 32 42.5 22.5 42.5 C13 42.5 7.5 35 7.5 23 C7.5 11.5 13 5 22.5 5 Z"
            + " M22.5 42.5 C34 42.5 40 51 40 63.5 C40 77 34 85 22.5 85 C11 85 5 77 5 63.5 C5 51 11 42.5 22.5 42.5 Z",
        ['9'] = "M11 90 C27 72 40 48 40 26 C40 12 33 5 22.5 5 C12 5 5 12 5 24 C5 36 12 42.5 22.5 42.5 C32 42.5 38 37 39.5 28",
        ['A'] = "M5 92 L21 -2 M40 92 L24 -2 M9 71.5 H36",
        ['B'] = "M5 0 V90 M5 5 H24 C33.5 5 39 11 39 23 C39 35 33.5 42.5 24 42.5 H5 M24 42.5 C34.5 42.5 40 51 40 63 C40 77 34 85 24 85 H5",
        ['C'] = "M40 24 V22 C40 11 33 5 22.5 5 C12 5 5 11 5 22 V68 C5 79 12 85 22.5 85 C33 85 40 79 40 68 V59",
        ['D'] = "M5 5 H23 C34 5 40 11 40 23 V67 C40 79 34 85 23 85 H5 Z",
        ['E'] = "M45 5 H5 V85 H45 M5 43.5 H40",
        ['F'] = "M45 5 H5 V90 M5 44 H40",
        ['G'] = "M40 22 C40 11 33 5 22.5 5 C12 5 5 11 5 22 V68 C5 79 12 85 22.5 85 C33 85 40 79 40 68 V41.5 H17.5",
        ['H'] = "M5 0 V90 M40 0 V90 M5 45 H40",
        ['J'] = "M40 0 V68 C40 79 33 85 22.5 85 C12 85 5 79 5 66",
        ['K'] = "M5 0 V90 M40 -2 L8 58 M21 32 L40 92",
        ['L'] = "M5 0 V85 H45",
        ['M'] = "M5 0 V90 M40 0 V90 M6 0 L22.5 39 L39 0",
        ['N'] = "M5 0 V90 M40 0 V90 M6 0 L39 90",
        ['P'] = Bowl,
        ['Q'] = Zero + " M22 60 L42 92",
        ['R'] = Bowl + " M23 46.5 L40 92",
        ['S'] = "M39.5 24 C39 12 33 5 22.5 5 C12 5 6 12 6 23 C6 33 12 38 21 41.5 C32 45.5 40 51 40 64 C40 78 33 85 22.5 85 C12 85 5.5 78 5 66",
        ['T'] = "M0 5 H45 M22.5 5 V90",
        ['U'] = "M5 0 V66 C5 79 12 85 22.5 85 C33 85 40 79 40 66 V0",
        ['V'] = "M4.5 -2 L21 92 M40.5 -2 L24 92",
        ['W'] = "M4.5 -2 L12 92 M22.5 -4 L13 92 M22.5 -4 L32 92 M40.5 -2 L33 92",
        ['X'] = "M4 -2 L41 92 M41 -2 L4 92",
        ['Y'] = "M4 -2 L22.5 47 L41 -2 M22.5 44 V90",
        ['Z'] = "M2 5 H38 L7 85 H45",
    };

    public static bool Has(char character) => Lines.ContainsKey(character);

    /// <summary>The character's centre lines, in its 45 x 90 box. The caller disposes the path.</summary>
    public static SKPath Path(char character) => SKPath.ParseSvgPathData(Lines[character]);
}
