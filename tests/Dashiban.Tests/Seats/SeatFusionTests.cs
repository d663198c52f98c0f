using CsCheck;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;

namespace Dashiban.Tests.Seats;

public sealed class SeatFusionTests
{
    /// <summary>The figures of the version-0 model.</summary>
    private static readonly SeatModelTrust Weak = new(0.6, 0.8);

    private static readonly Gen<SeatModelTrust> AnyTrust =
        Gen.Select(Gen.Double[0.5, 1], Gen.Double[0.5, 1]).Select((small, large) => new SeatModelTrust(small, large));

    private static readonly Gen<BodyLooks> AnyBody = Gen.Float[0, 1].Array[7].List[0, 40].Select(looks =>
    {
        var body = new BodyLooks();
        foreach (var look in looks)
        {
            look[0] = 0;
            var sum = Math.Max(look.Sum(), 1e-3f);
            body.Add([.. look.Select(p => p / sum)]);
        }

        return body;
    });

    private static readonly Gen<PlateClass> AnyPlate = Gen.Enum<PlateClass>();

    [Fact]
    public void No_picture_and_no_plate_outvote_the_register() =>
        Gen.Select(AnyPlate, Gen.Int[0, 60], AnyBody, AnyTrust).Sample(
            (plate, seats, body, trust) =>
            {
                var evidence = SeatFusion.Fuse(plate, seats, body, trust);
                Assert.Equal(seats >= 7, evidence.SevenPlusProbability > 0.5);
                var expected = plate == PlateClass.Trailer || (plate.IsLarge() && seats < 7) ? SeatVerdict.Truck
                    : seats >= 7 ? SeatVerdict.SevenPlus
                    : SeatVerdict.UpTo6;
                Assert.Equal(expected, evidence.Verdict);
            },
            iter: 5000);

    [Fact]
    public void No_picture_of_a_weak_model_makes_a_small_plate_seven_plus() =>
        Gen.Select(Gen.OneOf(Gen.Const(PlateClass.Small), Gen.Const(PlateClass.SmallNewEnergy)), AnyBody, Gen.Double[0.5, 0.9]).Sample(
            (plate, body, reliability) =>
            {
                var evidence = SeatFusion.Fuse(plate, null, body, new SeatModelTrust(reliability, 1));
                Assert.True(evidence.SevenPlusProbability < 0.5);
                Assert.NotEqual(SeatVerdict.SevenPlus, evidence.Verdict);
            },
            iter: 5000);

    [Fact]
    public void On_a_small_plate_a_picture_never_says_ten_seats_or_more() =>
        Gen.Select(Gen.OneOf(Gen.Const(PlateClass.Small), Gen.Const(PlateClass.SmallNewEnergy)), AnyBody, AnyTrust).Sample(
            (plate, body, trust) => Assert.NotInRange(
                SeatFusion.FromPicture(body, plate, trust)?.Class ?? SeatClass.Unknown,
                SeatClass.Minibus10To19,
                SeatClass.CoachGe20),
            iter: 5000);

    [Fact]
    public void On_a_large_plate_a_picture_never_says_fewer_than_ten() =>
        Gen.Select(Gen.OneOf(Gen.Const(PlateClass.Large), Gen.Const(PlateClass.LargeNewEnergy)), AnyBody, AnyTrust).Sample(
            (plate, body, trust) => Assert.NotInRange(
                SeatFusion.FromPicture(body, plate, trust)?.Class ?? SeatClass.Unknown,
                SeatClass.CarLe6,
                SeatClass.Van7To9),
            iter: 5000);

    [Fact]
    public void A_picture_is_worth_no_more_than_the_model_was_measured_to_be() =>
        Gen.Select(AnyPlate, AnyBody, AnyTrust).Sample(
            (plate, body, trust) =>
            {
                var reliability = Math.Min(plate.IsLarge() ? trust.LargePlates : trust.SmallPlates, SeatFusion.MaxReliability);
                var worth = Math.Abs(SeatFusion.FromPicture(body, plate, trust)?.LogOdds ?? 0);
                Assert.True(worth <= Math.Log(reliability / (1 - reliability)) + 1e-9);
            },
            iter: 5000);

    [Fact]
    public void Seven_plus_needs_the_register_or_a_plate_that_allows_it_and_enough_looks() =>
        Gen.Select(AnyPlate, Gen.Int[0, 60].Nullable(), AnyBody, AnyTrust).Sample(
            (plate, seats, body, trust) =>
            {
                var evidence = SeatFusion.Fuse(plate, seats, body, trust);
                if (evidence.Verdict == SeatVerdict.SevenPlus)
                {
                    Assert.True(evidence.SevenPlusProbability >= 0.5);
                    Assert.True(seats >= 7 || (plate != PlateClass.Unknown && body.Count >= SeatFusion.MinPictureLooks));
                }
            },
            iter: 5000);

    [Fact]
    public void A_thousand_looks_are_worth_at_most_two_independent_ones()
    {
        var one = SeatFusion.FromPicture(Body(SeatClass.Van7To9, 0.4f, 1), PlateClass.Small, new SeatModelTrust(0.95, 0.95))!;
        var many = SeatFusion.FromPicture(Body(SeatClass.Van7To9, 0.4f, 1000), PlateClass.Small, new SeatModelTrust(0.95, 0.95))!;
        Assert.InRange(many.LogOdds / one.LogOdds, 1.9, 2);
    }

    [Fact]
    public void An_ordinary_blue_car_that_the_weak_model_takes_for_a_van_gets_no_ticket()
    {
        var evidence = SeatFusion.Fuse(PlateClass.Small, null, Body(SeatClass.Van7To9, 0.99f, 30), Weak);
        Assert.Equal(SeatVerdict.Unknown, evidence.Verdict);
        Assert.InRange(evidence.SevenPlusProbability, 0.05, 0.2);
    }

    [Fact]
    public void A_blue_plate_van_with_seven_seats_in_the_register_gets_the_ticket()
    {
        var evidence = SeatFusion.Fuse(PlateClass.Small, 7, Body(SeatClass.CarLe6, 0.99f, 30), Weak);
        Assert.Equal(SeatVerdict.SevenPlus, evidence.Verdict);
        Assert.Equal("系统判 6 座及以下, 登记 7 座", evidence.Disagreement!.Zh);
        Assert.Equal("The picture says 6 seats and fewer, the register 7", evidence.Disagreement.En);
    }

    [Fact]
    public void A_coach_and_a_minibus_on_yellow_plates_get_the_ticket_and_a_lorry_does_not()
    {
        Assert.Equal(SeatVerdict.SevenPlus, SeatFusion.Fuse(PlateClass.Large, null, Body(SeatClass.CoachGe20, 0.9f, 8), Weak).Verdict);
        Assert.Equal(SeatVerdict.SevenPlus, SeatFusion.Fuse(PlateClass.Large, null, Body(SeatClass.Minibus10To19, 0.9f, 8), Weak).Verdict);
        Assert.Equal(SeatVerdict.SevenPlus, SeatFusion.Fuse(PlateClass.LargeNewEnergy, null, Body(SeatClass.CoachGe20, 0.9f, 8), Weak).Verdict);
        Assert.Equal(SeatVerdict.Truck, SeatFusion.Fuse(PlateClass.Large, null, Body(SeatClass.Truck, 0.9f, 8), Weak).Verdict);
        Assert.Equal(SeatVerdict.Truck, SeatFusion.Fuse(PlateClass.Trailer, null, Body(SeatClass.CoachGe20, 0.9f, 8), Weak).Verdict);
    }

    [Fact]
    public void A_yellow_plate_seen_twice_is_undecided()
    {
        Assert.Equal(SeatVerdict.Unknown, SeatFusion.Fuse(PlateClass.Large, null, Body(SeatClass.CoachGe20, 0.9f, 2), Weak).Verdict);
        Assert.Equal(SeatVerdict.Unknown, SeatFusion.Fuse(PlateClass.Large, null, new BodyLooks(), Weak).Verdict);
    }

    [Fact]
    public void A_blue_car_that_looks_like_a_car_has_up_to_six_and_one_without_a_picture_is_unknown()
    {
        Assert.Equal(SeatVerdict.UpTo6, SeatFusion.Fuse(PlateClass.Small, null, Body(SeatClass.CarLe6, 0.9f, 8), Weak).Verdict);
        Assert.Equal(SeatVerdict.Unknown, SeatFusion.Fuse(PlateClass.Small, null, new BodyLooks(), Weak).Verdict);
        Assert.Equal(SeatVerdict.Unknown, SeatEvidence.None.Verdict);
        Assert.Equal(0.5, SeatEvidence.None.SevenPlusProbability);
    }

    [Fact]
    public void What_the_model_gave_to_impossible_bodies_weakens_the_rest()
    {
        var trust = new SeatModelTrust(0.95, 0.95);
        var coach = SeatFusion.FromPicture(Body(SeatClass.CoachGe20, 0.9f, 8), PlateClass.Small, trust)!;
        var van = SeatFusion.FromPicture(Body(SeatClass.Van7To9, 0.9f, 8), PlateClass.Small, trust)!;
        Assert.InRange(coach.LogOdds, -0.2, 0.2);
        Assert.True(van.LogOdds > 2);
    }

    [Fact]
    public void An_unmeasured_model_counts_for_nothing() =>
        Gen.Select(AnyPlate, AnyBody).Sample((plate, body) =>
            Assert.Equal(0, SeatFusion.FromPicture(body, plate, SeatModelTrust.Unmeasured)?.LogOdds ?? 0));

    [Fact]
    public void A_picture_that_is_hardly_worth_anything_contradicts_nobody() =>
        Assert.Null(SeatFusion.Fuse(PlateClass.Small, 7, Body(SeatClass.CarLe6, 0.99f, 30), new SeatModelTrust(0.55, 0.8)).Disagreement);

    [Theory]
    [InlineData(PlateClass.Small, 19, "小型号牌至多 9 座, 登记 19 座")]
    [InlineData(PlateClass.Large, 7, "大型号牌为 10 座及以上或货车, 登记 7 座")]
    [InlineData(PlateClass.Small, 5, null)]
    [InlineData(PlateClass.Large, 2, null)]
    public void A_register_that_the_plate_contradicts_is_shown(PlateClass plate, int seats, string? zh) =>
        Assert.Equal(zh, SeatFusion.Fuse(plate, seats, new BodyLooks(), Weak).Disagreement?.Zh);

    [Fact]
    public void Combining_passages_does_not_depend_on_their_order() =>
        Gen.Select(AnyPlate, Gen.Int[0, 60].Nullable(), AnyBody).Select((p, s, b) => SeatFusion.Fuse(p, s, b, Weak)).Array[0, 8].Sample(
            passages =>
            {
                var straight = SeatFusion.Combine(passages);
                var reversed = SeatFusion.Combine(passages.Reverse());
                Assert.Equal(straight.Witnesses, reversed.Witnesses);
            });

    [Fact]
    public void One_passage_combined_is_itself() =>
        Gen.Select(AnyPlate, Gen.Int[0, 60].Nullable(), AnyBody).Sample((plate, seats, body) =>
        {
            var evidence = SeatFusion.Fuse(plate, seats, body, Weak);
            var combined = SeatFusion.Combine([evidence]);
            Assert.Equal(evidence.Verdict, combined.Verdict);
            Assert.Equal(evidence.SevenPlusProbability, combined.SevenPlusProbability, 12);
        });

    [Fact]
    public void A_hundred_passages_of_one_view_are_worth_no_more_than_the_surest_of_them() =>
        Gen.Select(Gen.OneOf(Gen.Const(PlateClass.Small), Gen.Const(PlateClass.Large)), AnyBody.Array[1, 8]).Sample((plate, bodies) =>
        {
            var passages = bodies.Select(b => SeatFusion.Fuse(plate, null, b, Weak)).ToList();
            var worth = passages.Select(p => p.Of(SeatWitnessKind.Picture)?.LogOdds ?? 0).ToList();
            var combined = SeatFusion.Combine(passages).Of(SeatWitnessKind.Picture)?.LogOdds ?? 0;
            Assert.InRange(combined, worth.Min() - 1e-9, worth.Max() + 1e-9);
        });

    [Fact]
    public void A_register_entry_of_any_passage_counts_for_all()
    {
        var known = SeatFusion.Fuse(PlateClass.Small, 7, new BodyLooks(), Weak);
        var unknown = SeatFusion.Fuse(PlateClass.Small, null, Body(SeatClass.CarLe6, 0.9f, 9), Weak);
        Assert.Equal(SeatVerdict.SevenPlus, SeatFusion.Combine([unknown, unknown, known]).Verdict);
    }

    [Fact]
    public void Looks_that_are_no_numbers_count_as_nothing_seen()
    {
        var body = new BodyLooks();
        body.Add([0, float.NaN, 0, 0, 0, 0, 0]);
        Assert.Equal(BodyLooks.Floor, body.Mean(SeatClass.CarLe6), 12);
        Assert.Throws<ArgumentException>(() => body.Add([1f]));
    }

    private static BodyLooks Body(SeatClass body, float confidence, int looks)
    {
        var all = new BodyLooks();
        for (var i = 0; i < looks; i++)
        {
            var probabilities = Enumerable.Repeat((1 - confidence) / 5, 7).ToArray();
            probabilities[0] = 0;
            probabilities[(int)body] = confidence;
            all.Add(probabilities);
        }

        return all;
    }
}
