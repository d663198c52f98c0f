using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;
using Dashiban.Edge.Tracking;
using Dashiban.Edge.Voting;
using Dashiban.Tests.Tracking;
using Dashiban.Vision.Reading;

namespace Dashiban.Tests.Voting;

public sealed class PassageAssemblerTests
{
    private const string Plate = "渝F12345";

    [Fact]
    public void Evidence_is_the_frame_of_the_winning_reading() => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Double[0, 0.5]).Sample(
        (seed, noise) =>
        {
            var random = new Random(seed);
            PlateReading Read(double _) => random.NextDouble() < noise
                ? SomeLook.Reading($"渝F1234{random.Next(10)}", random.NextSingle())
                : SomeLook.Reading(Plate, random.NextSingle());
            var (tracks, frames) = Road.Drive([RoadUser.Approaching(Plate, 0, 3, 900, Read)], 10, 12);
            foreach (var track in tracks)
            {
                var (vote, voted) = Assembler().Assemble(track, null);
                if (voted is null)
                {
                    continue;
                }

                var at = voted.Passage.CapturedAt;
                Assert.Equal($"crop {at:O} {vote.Text}", Encoding.UTF8.GetString(voted.Passage.PlateCropJpeg.Span));
                Assert.Equal($"scene {at:O} {vote.Text}", Encoding.UTF8.GetString(voted.SceneJpeg.Span));
                Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(voted.SceneJpeg.Span)), voted.Passage.SceneSha256);

                // The winning reading is as sure as the surest of all that read this text (0.9 is sure enough), in this very frame.
                var agreeing = frames.SelectMany(f => f).Where(l => l.Look.Reading!.Text == vote.Text).ToList();
                var shown = agreeing.Single(l => SomeLook.Start + TimeSpan.FromSeconds(frames.FindIndex(f => f.Contains(l)) / 12.0) == at);
                var best = agreeing.Max(l => l.Look.Reading!.WeakestConfidence);
                Assert.True(shown.Look.Reading!.WeakestConfidence >= MathF.Min(best, 0.9f) - 0.05f);
            }
        },
        iter: 100);

    [Fact]
    public void Of_sure_looks_the_near_one_is_shown()
    {
        var (tracks, frames) = Road.Drive([RoadUser.Approaching(Plate, 0, 3, 900, t => SomeLook.Reading(Plate, t < 0.5 ? 0.99f : 0.95f))], 10, 12);
        var voted = Assembler().Assemble(Assert.Single(tracks), null).Voted!;
        var widths = frames.SelectMany(f => f).Select(l => (l.Look.Plate!.Value.Corners.Bounds.Width, At: SomeLook.Start + TimeSpan.FromSeconds(frames.FindIndex(f => f.Contains(l)) / 12.0))).ToList();
        Assert.True(widths.Single(w => w.At == voted.Passage.CapturedAt).Width > widths.Max(w => w.Width) / 1.5f);
    }

    [Fact]
    public void Evidence_follows_a_passage_through_the_merging_of_its_pieces()
    {
        var before = RoadUser.Approaching(Plate, 0, 1.5, 500, _ => SomeLook.Reading(Plate, 0.93f));
        var after = RoadUser.Approaching(Plate, 3.5, 2, 1400, _ => SomeLook.Reading(Plate, 0.71f));
        var (tracks, _) = Road.Drive([before, after], 15, 12);
        var voted = Assembler().Assemble(Assert.Single(tracks), null).Voted!;
        Assert.Equal(SomeLook.Start, voted.Passage.CapturedAt);
        Assert.Equal($"crop {SomeLook.Start:O} {Plate}", Encoding.UTF8.GetString(voted.Passage.PlateCropJpeg.Span));
    }

    [Fact]
    public void Seat_and_plate_do_not_gate_each_other()
    {
        // A body that the model takes for a bus, for a lorry, for nothing: the plate is the same passage each time.
        foreach (var seats in new[] { null, SomeLook.Body(SeatClassLabel.CoachGe20, 0.99f), SomeLook.Body(SeatClassLabel.Truck, 0.99f), SomeLook.Body(SeatClassLabel.Other, 0.3f) })
        {
            var track = Track(SomeLook.Reading(Plate), seats);
            Assert.Equal(Plate, Assembler().Assemble(track, null).Voted?.Passage.Plate.Value);
            Assert.Equal(seats is null ? 0 : 6, track.Body.Count);
        }

        // A body is counted on looks whose plate cannot be read, too.
        var unread = Track(null, SomeLook.Body(SeatClassLabel.CoachGe20, 0.99f));
        Assert.Equal(6, unread.Body.Count);
        Assert.Equal(VoteRejection.NoPlate, Assembler().Assemble(unread, null).Vote.Rejection);
    }

    [Fact]
    public void All_three_witnesses_of_the_seats_come_along()
    {
        var register = SeatRegisterImport.Read(new StringReader($"号牌,核定载客\n{Plate},7\n")).Register;
        var track = Track(SomeLook.Reading(Plate), SomeLook.Body(SeatClassLabel.CarLe6, 0.9f));
        var passage = Assembler(register).Assemble(track, TimeSpan.FromMilliseconds(12)).Voted!.Passage;
        Assert.Equal([SeatWitnessKind.Register, SeatWitnessKind.PlateClass, SeatWitnessKind.Picture], passage.Seats.Witnesses.Select(w => w.Kind));
        Assert.Equal(SeatVerdict.SevenPlus, passage.Seats.Verdict);
        Assert.NotNull(passage.Seats.Disagreement);
        Assert.Equal(TimeSpan.FromMilliseconds(12), passage.ClockOffset);
    }

    [Fact]
    public void A_passage_carries_what_the_vote_found()
    {
        var track = Track(SomeLook.Reading("渝FD12345", 0.88f, PlateColourClass.Blue), null);
        var passage = Assembler().Assemble(track, null).Voted!.Passage;
        Assert.Equal(("site", "camera", PlateColour.Green, PlateLayout.SingleRow), (passage.Site, passage.Camera, passage.Colour, passage.Layout));
        Assert.Equal(8, passage.CharacterConfidences.Count);
        Assert.Equal((6, 6), (passage.AgreeingLooks, passage.Looks));
        Assert.InRange(passage.WeakestCharacter, 0.87f, 0.89f);
        Assert.Equal((SomeLook.Start, Heading.Unknown, false), (passage.FirstSeenAt, passage.Heading, passage.Interrupted));
        Assert.True(passage.FirstSeenAt <= passage.CapturedAt && passage.CapturedAt <= passage.LastSeenAt);
    }

    [Fact]
    public void A_rejected_plate_leaves_nothing_but_its_reason()
    {
        var (vote, voted) = Assembler().Assemble(Track(SomeLook.Reading("渝FI2345"), null), null);
        Assert.Null(voted);
        Assert.Equal((VoteRejection.Grammar, PlateRejection.ForbiddenLetter), (vote.Rejection, vote.Judgement.Rejection));
    }

    [Fact]
    public void A_passage_without_pictures_says_so()
    {
        var voted = Assembler().Assemble(Track(SomeLook.Reading(Plate), null), null).Voted!;
        Assert.True(voted.SceneJpeg.IsEmpty && voted.Passage.PlateCropJpeg.IsEmpty);
        Assert.Null(voted.Passage.SceneSha256);
    }

    private static PassageAssembler Assembler(SeatRegister? register = null) =>
        new("site", "camera", new VotingOptions(), new SeatModelTrust(0.8, 0.8), register ?? SeatRegister.Empty);

    /// <summary>Six equal looks at a standing vehicle; no pictures are kept.</summary>
    private static Track Track(PlateReading? reading, SeatReading? seats)
    {
        var tracker = new Tracker(new TrackingOptions());
        var closed = new List<Track>();
        for (var i = 0; i < 6; i++)
        {
            tracker.Observe(SomeLook.Start.AddSeconds(i / 10.0), 1920, 1080, [SomeLook.Vehicle(900, 500, 200, reading, seats)], []);
        }

        tracker.CloseAll(closed, interrupted: false);
        return Assert.Single(closed);
    }
}
