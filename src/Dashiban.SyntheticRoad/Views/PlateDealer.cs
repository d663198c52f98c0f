using Dashiban.SyntheticRoad.Plates;

namespace Dashiban.SyntheticRoad.Views;

/// <summary>Deals invented plates with the colours that GA 36 gives a vehicle's registration.</summary>
internal static class PlateDealer
{
    // Every province equally often: a reader trained on these pictures must not expect the neighbours only.
    private const string Provinces = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";

    // I and O are never used.
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    public static PlateFace Deal(PlateStyle style, Random chance)
    {
        var area = $"{Pick(Provinces, chance)}{Pick(Letters, chance)}";
        return new PlateFace(area + (style switch
        {
            // Small new energy: D (pure electric) or F in front; since 2023 also A to E and G to K.
            PlateStyle.GreenSmall => Pick(chance.Next(4) > 0 ? "DF" : "ABCEGHJK", chance) + (chance.Next(4) == 0 ? Pick(Letters, chance).ToString() : Number(1, chance)) + Number(4, chance),
            PlateStyle.YellowGreen => Number(5, chance) + Pick("DF", chance),
            _ => Serial(chance),
        }), style);
    }

    /// <summary>Five characters with no, one or two letters among them.</summary>
    private static string Serial(Random chance)
    {
        var serial = Number(5, chance).ToCharArray();
        for (var i = chance.Next(3); i > 0; i--)
        {
            serial[chance.Next(5)] = Pick(Letters, chance);
        }

        return new string(serial);
    }

    private static string Number(int digits, Random chance) => string.Concat(Enumerable.Range(0, digits).Select(_ => Pick(Digits, chance)));

    private static char Pick(string among, Random chance) => among[chance.Next(among.Length)];
}
