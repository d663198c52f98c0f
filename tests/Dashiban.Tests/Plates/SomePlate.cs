using CsCheck;
using Dashiban.Domain.Plates;

namespace Dashiban.Tests.Plates;

/// <summary>A plate that can exist, as the reader would see it.</summary>
internal sealed record SomePlate(string Text, PlateColour Colour, PlateLayout Layout, PlateClass Class)
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    private static readonly Gen<string> Authority =
        Gen.Select(Gen.Char[PlateGrammar.Provinces], Gen.Char[Letters]).Select((province, letter) => $"{province}{letter}");

    /// <summary>Every class with its own colour and rows, serials after GA 36.</summary>
    public static Gen<SomePlate> Valid { get; } = Gen.OneOf(
        Of(Joined(Authority, Serial(5)), PlateColour.Blue, PlateClass.Small),
        Of(Joined(Authority, Serial(5)), PlateColour.Yellow, PlateClass.Large),
        Of(Joined(Authority, Serial(5)), PlateColour.Yellow, PlateClass.Large, PlateLayout.DoubleRow),
        Of(Joined(Authority, Serial(5)), PlateColour.Blue, PlateClass.Moped, PlateLayout.DoubleRow),
        Of(Joined(Authority, Serial(5)), PlateColour.Black, PlateClass.ForeignOwned),
        Of(Joined(Authority, Serial(5)), PlateColour.Unknown, PlateClass.SmallOrLarge),
        Of(Joined(Authority, One(PlateGrammar.NewEnergyLetters), One(Letters + Digits), Number(4)), PlateColour.Green, PlateClass.SmallNewEnergy),
        Of(Joined(Authority, Number(5), One(PlateGrammar.NewEnergyLetters)), PlateColour.YellowGreen, PlateClass.LargeNewEnergy),
        Of(Joined(Authority, Serial(4), Gen.Const("挂")), PlateColour.Yellow, PlateClass.Trailer, PlateLayout.DoubleRow),
        Of(Joined(Authority, Serial(4), Gen.Const("学")), PlateColour.Yellow, PlateClass.DrivingSchool),
        Of(Joined(Authority, Number(4), Gen.Const("警")), PlateColour.White, PlateClass.Police),
        Of(Joined(Authority, One("ABCD"), Number(3), Gen.Const("警")), PlateColour.White, PlateClass.Police),
        Of(Joined(One(PlateGrammar.Provinces), Gen.Const("O"), Serial(5)), PlateColour.White, PlateClass.Police),
        Of(Joined(Gen.Const("使"), Number(6)), PlateColour.Black, PlateClass.Embassy),
        Of(Joined(Number(6), Gen.Const("使")), PlateColour.Black, PlateClass.Embassy),
        Of(Joined(Authority, Serial(4), Gen.Const("领")), PlateColour.Black, PlateClass.Consulate),
        Of(Joined(Gen.Const("粤Z"), Serial(4), Gen.Const("港")), PlateColour.Black, PlateClass.HongKong),
        Of(Joined(Gen.Const("粤Z"), Serial(4), Gen.Const("澳")), PlateColour.Black, PlateClass.Macao),
        Of(Joined(Authority, Number(4), Gen.Const("应急")), PlateColour.White, PlateClass.EmergencyRescue),
        Of(Joined(Gen.Const("WJ"), One(PlateGrammar.Provinces), Number(4), One(Letters + Digits)), PlateColour.White, PlateClass.ArmedPolice),
        Of(Joined(Gen.Const("WJ"), Number(4), One(Letters + Digits)), PlateColour.White, PlateClass.ArmedPolice),
        Of(Joined(Gen.Const("WJ"), Number(2), One(Letters + Digits), Number(4)), PlateColour.White, PlateClass.ArmedPolice),
        Of(Joined(One("VBHSLJNGCK"), One(Letters), Number(5)), PlateColour.White, PlateClass.Military),
        Of(Joined(Gen.Const("民航"), One(Letters), Number(4)), PlateColour.Green, PlateClass.CivilAviation),
        Of(Joined(One(PlateGrammar.Provinces), Number(7)), PlateColour.Green, PlateClass.Tractor, PlateLayout.DoubleRow));

    private static Gen<SomePlate> Of(Gen<string> text, PlateColour colour, PlateClass plate, PlateLayout layout = PlateLayout.SingleRow) =>
        text.Select(t => new SomePlate(t, colour, layout, plate));

    private static Gen<string> Joined(params Gen<string>[] parts) =>
        parts.Aggregate((all, next) => Gen.Select(all, next).Select((a, b) => a + b));

    private static Gen<string> One(string alphabet) => Gen.Char[alphabet].Select(c => c.ToString());

    private static Gen<string> Number(int length) => Gen.Char[Digits].Array[length].Select(c => new string(c));

    /// <summary>Digits with at most two letters.</summary>
    private static Gen<string> Serial(int length) =>
        from digits in Gen.Char[Digits].Array[length]
        from letters in Gen.Char[Letters].Array[0, 2]
        from places in Gen.Int[0, length - 1].Array[letters.Length]
        select new string([.. digits.Select((digit, i) => Array.LastIndexOf(places, i) is >= 0 and var at ? letters[at] : digit)]);
}
