using CsCheck;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Seats;
using Dashiban.Edge.Tracking;
using Dashiban.Edge.Voting;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;

namespace Dashiban.Tests.Tracking;

public sealed class TrackerTests
{
    private const string PlateA = "渝B12345";
    private const string PlateB = "川AD6789";

    private static readonly PassageAssembler Assembler =
        new("site", "camera", new VotingOptions(), SeatModelTrust.Unmeasured, SeatRegister.Empty);

    [Fact]
    public void A_vehicle_driving_through_gives_one_passage()
    {
        var (tracks, _) = Road.Drive([RoadUser.Approaching(PlateA, 1, 3, 900)], 12, 12);
        var passage = Assert.Single(Passages(tracks));
        Assert.Equal(PlateA, passage.Plate.Value);
        Assert.Equal(Heading.Approaching, passage.Heading);
        Assert.False(passage.Interrupted);
        Assert.InRange(passage.LastSeenAt - passage.FirstSeenAt, TimeSpan.FromSeconds(2.8), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_passage_appears_once_the_merge_window_is_over()
    {
        var options = new TrackingOptions();
        var tracker = new Tracker(options);
        var into = new List<TrackLook>();
        var closed = new List<Track>();
        tracker.Observe(SomeLook.Start, 1920, 1080, [SomeLook.Vehicle(900, 500, 200, SomeLook.Reading(PlateA))], into);
        tracker.CloseExpired(SomeLook.Start + options.MergeWindow - TimeSpan.FromMilliseconds(1), closed);
        Assert.Empty(closed);
        tracker.CloseExpired(SomeLook.Start + options.MergeWindow, closed);
        Assert.Single(closed);
        Assert.Equal(0, tracker.OpenTracks);
    }

    [Fact]
    public void A_lane_that_stops_marks_vehicles_in_view_as_interrupted()
    {
        var (tracks, _) = Road.Drive([RoadUser.Standing(PlateA, 0, 5, 900, 500)], 2, 12);
        Assert.True(Assert.Single(tracks).Interrupted);
    }

    [Fact]
    public void Two_vehicles_side_by_side_never_share_a_plate()
    {
        // Both drive abreast, close enough that the regions overlap; every look may lose or change a character.
        var cases =
            from plates in PlatePairs
            from gap in Gen.Float[0.9f, 2.5f]
            from noise in Gen.Int[0, int.MaxValue]
            from delay in Gen.Double[0, 0.4]
            select (plates, gap, noise, delay);
        cases.Sample(
            c =>
            {
                var random = new Random(c.noise);
                PlateReading Noisy(string plate, string neighbour) =>
                    random.NextDouble() < 0.25 && Misread(plate, random) is var misread && misread != neighbour
                        ? SomeLook.Reading(misread, 0.3f + (0.4f * random.NextSingle()))
                        : SomeLook.Reading(plate, 0.7f + (0.3f * random.NextSingle()));
                var (leftPlate, rightPlate) = c.plates;
                var left = new RoadUser(leftPlate, 0, 3, t => Abreast(t, -c.gap / 2), _ => Noisy(leftPlate, rightPlate));
                var right = new RoadUser(rightPlate, c.delay, 3 + c.delay, t => Abreast(t, c.gap / 2), _ => Noisy(rightPlate, leftPlate));
                var (tracks, _) = Road.Drive([left, right], 10, 12);
                Assert.Equal(
                    new[] { c.plates.Left, c.plates.Right }.Order(StringComparer.Ordinal),
                    Passages(tracks).Select(p => p.Plate.Value).Order(StringComparer.Ordinal));
                foreach (var track in tracks)
                {
                    var texts = track.Looks.Select(l => l.Reading.Text).ToHashSet();
                    Assert.False(texts.Contains(c.plates.Left) && texts.Contains(c.plates.Right));
                }
            },
            iter: 100);
    }

    [Fact]
    public void Dense_traffic_seen_badly_gives_each_vehicle_once() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var (users, tracks) = DenseTraffic(new Random(seed));
            Assert.Equal(
                users.Select(u => u.Plate).Order(StringComparer.Ordinal),
                Passages(tracks).Select(p => p.Plate.Value).Order(StringComparer.Ordinal));
        },
        iter: 40);

    [Fact]
    public void A_vehicle_driving_away_is_leaving()
    {
        var away = new RoadUser(PlateA, 0, 3, t => (960, (float)(900 - (200 * t)), (float)(400 - (90 * t))));
        var (tracks, _) = Road.Drive([away], 10, 12);
        Assert.Equal(Heading.Leaving, Assert.Single(Passages(tracks)).Heading);
    }

    [Fact]
    public void A_parked_cars_plate_is_not_credited_to_a_passing_one()
    {
        // The passing car hides the parked one for 0.8 s; its own plate is never readable.
        var parked = RoadUser.Standing(PlateA, 0, 20, 960, 540);
        var passing = new RoadUser("", 4, 6, t => ((float)(960 + ((t - 1) * 600)), 560, 280), _ => null);
        var (tracks, frames) = Road.Drive([parked, passing], 26, 12, order: (frame, looks) => frame / 12.0 is > 4.6 and < 5.4 ? looks.Skip(1) : looks);
        Assert.Equal(PlateA, Assert.Single(Passages(tracks)).Plate.Value);
        var passingTracks = frames.SelectMany(f => f).Where(l => l.Look.Reading is null).Select(l => l.Track).Distinct();
        Assert.All(passingTracks, t => Assert.Empty(t.Looks));
    }

    [Fact]
    public void A_passing_car_with_a_plate_of_its_own_leaves_the_parked_one_alone()
    {
        var parked = RoadUser.Standing(PlateA, 0, 20, 960, 540);
        var passing = new RoadUser(PlateB, 4, 6, t => ((float)(960 + ((t - 1) * 600)), 560, 280));
        var (tracks, _) = Road.Drive([parked, passing], 26, 12, order: (frame, looks) => frame / 12.0 is > 4.6 and < 5.4 ? looks.Skip(1) : looks);
        Assert.Equal([PlateB, PlateA], Passages(tracks).OrderBy(p => p.LastSeenAt).Select(p => p.Plate.Value));
        Assert.All(tracks, t => Assert.Single(t.Looks.Select(l => l.Reading.Text).Distinct()));
    }

    [Fact]
    public void A_vehicle_that_takes_the_place_of_another_is_another()
    {
        // A queue at the barrier: where the first one stood the second one stands a moment later.
        var first = RoadUser.Standing(PlateA, 0, 4, 960, 540);
        var second = RoadUser.Standing(PlateB, 4.5, 9, 965, 545);
        var (tracks, _) = Road.Drive([first, second], 15, 12);
        Assert.Equal([PlateA, PlateB], Passages(tracks).OrderBy(p => p.LastSeenAt).Select(p => p.Plate.Value));
        Assert.All(tracks, t => Assert.Single(t.Looks.Select(l => l.Reading.Text).Distinct()));
    }

    [Fact]
    public void No_look_is_in_two_tracks_and_no_track_has_two_looks_of_one_frame() => Traffic.Sample(
        traffic =>
        {
            var (_, frames) = Road.Drive(traffic, 12, 12);
            foreach (var frame in frames)
            {
                Assert.Equal(frame.Count, frame.Select(l => l.Track).Distinct().Count());
            }
        },
        iter: 40);

    [Fact]
    public void The_order_of_the_looks_in_a_frame_does_not_matter() => Gen.Select(Traffic, Gen.Int[0, int.MaxValue]).Sample(
        (traffic, seed) =>
        {
            var random = new Random(seed);
            var (straight, _) = Road.Drive(traffic, 12, 12);
            var (shuffled, _) = Road.Drive(traffic, 12, 12, order: (_, looks) => looks.OrderBy(_ => random.Next()));
            Assert.Equal(straight.Select(Describe), shuffled.Select(Describe));
        },
        iter: 40);

    [Fact]
    public void The_results_stand_in_the_order_of_the_looks() => Traffic.Sample(
        traffic =>
        {
            var tracker = new Tracker(new TrackingOptions());
            var into = new List<TrackLook>();
            var looks = traffic.Select(u => u.LookAt(u.From)).OfType<VehicleLook>().ToList();
            tracker.Observe(SomeLook.Start, 1920, 1080, looks, into);
            Assert.Equal(looks, into.Select(l => l.Look));
        },
        iter: 100);

    [Theory]
    [InlineData(25)]
    [InlineData(12.5)]
    [InlineData(5)]
    public void The_frame_rate_does_not_change_the_passages(double framesPerSecond)
    {
        var users = new[]
        {
            RoadUser.Approaching(PlateA, 0.5, 2.5, 700),
            RoadUser.Approaching(PlateB, 0.9, 2.5, 1250),
            RoadUser.Approaching("渝AF12345", 6, 3, 700),
            RoadUser.Standing("鄂Q88888", 2, 14, 300, 800),
        };
        var (tracks, _) = Road.Drive(users, 20, framesPerSecond);
        Assert.Equal([PlateA, PlateB, "渝AF12345", "鄂Q88888"], Passages(tracks).Select(p => p.Plate.Value));
    }

    [Fact]
    public void A_standing_vehicle_gives_one_passage_however_long_it_stands()
    {
        var options = new TrackingOptions { MaxAge = TimeSpan.FromSeconds(10) };
        var (tracks, _) = Road.Drive([RoadUser.Standing(PlateA, 0, 300, 900, 500)], 310, 5, options);
        var passage = Assert.Single(Passages(tracks));
        Assert.Equal(TimeSpan.FromSeconds(10), passage.LastSeenAt - passage.FirstSeenAt);
    }

    [Fact]
    public void A_standing_vehicle_hidden_now_and_then_still_gives_one_passage()
    {
        var options = new TrackingOptions { MaxAge = TimeSpan.FromSeconds(10) };
        var (tracks, _) = Road.Drive(
            [RoadUser.Standing(PlateA, 0, 300, 900, 500)],
            310,
            5,
            options,
            (frame, looks) => frame / 5 % 20 < 8 ? [] : looks);
        Assert.Single(Passages(tracks));
    }

    [Fact]
    public void A_vehicle_that_comes_back_after_the_reentry_time_gives_a_new_passage()
    {
        var (tracks, _) = Road.Drive(
            [RoadUser.Approaching(PlateA, 0, 3, 900), RoadUser.Approaching(PlateA, 20, 3, 900), RoadUser.Approaching(PlateA, 60, 3, 900)],
            80,
            12);
        Assert.Equal(2, Passages(tracks).Count);
    }

    [Fact]
    public void No_track_spans_more_than_its_time_to_live() => Gen.Select(Traffic, Gen.Double[5, 8]).Sample(
        (traffic, maxAge) =>
        {
            var options = new TrackingOptions { MaxAge = TimeSpan.FromSeconds(maxAge) };
            var longer = traffic.Select(u => u with { Until = u.Until * 3 }).ToList();
            var (tracks, _) = Road.Drive(longer, 40, 8, options);
            Assert.All(tracks, t => Assert.True(t.LastSeenAt - t.FirstSeenAt <= options.MaxAge));
        },
        iter: 50);

    [Fact]
    public void Pieces_of_one_passage_are_joined()
    {
        // Two seconds behind a lorry: longer than the gap, shorter than the merge window, and it comes out elsewhere.
        var before = RoadUser.Approaching(PlateA, 0, 1.5, 500);
        var after = RoadUser.Approaching(PlateA, 3.5, 2, 1400);
        var (tracks, _) = Road.Drive([before, after], 15, 12);
        var passage = Assert.Single(Passages(tracks));
        Assert.Equal(SomeLook.Start, passage.FirstSeenAt);
        Assert.InRange(passage.LastSeenAt, SomeLook.Start.AddSeconds(5.4), SomeLook.Start.AddSeconds(5.5));
    }

    [Fact]
    public void One_plate_detected_twice_in_a_frame_gives_one_passage()
    {
        var (tracks, _) = Road.Drive([RoadUser.Approaching(PlateA, 0, 3, 700), RoadUser.Approaching(PlateA, 0, 3, 760)], 12, 12);
        Assert.Single(Passages(tracks));
    }

    [Fact]
    public void A_clock_set_back_closes_the_tracks_of_before()
    {
        var tracker = new Tracker(new TrackingOptions());
        var closed = new List<Track>();
        tracker.Observe(SomeLook.Start, 1920, 1080, [SomeLook.Vehicle(900, 500, 200, SomeLook.Reading(PlateA))], []);
        tracker.CloseExpired(SomeLook.Start.AddHours(-1), closed);
        Assert.Single(closed);
    }

    [Fact]
    public void A_hostile_stream_cannot_grow_memory()
    {
        var random = new Random(7);
        var options = new TrackingOptions { MaxOpenTracks = 16 };
        var tracker = new Tracker(options);
        var into = new List<TrackLook>();
        var closed = new List<Track>();
        for (var i = 0; i < 600; i++)
        {
            var at = SomeLook.Start.AddSeconds(i / 100.0);
            var looks = Enumerable.Range(0, 40)
                .Select(_ => SomeLook.Vehicle(random.Next(1920), random.Next(1080), 20 + random.Next(300), SomeLook.Reading(RandomPlate(random))))
                .ToList();
            tracker.Observe(at, 1920, 1080, looks, into);
            foreach (var (track, look, _) in into.Where(l => l.WantsEvidence))
            {
                track.Keep(Road.Shot(at, look));
            }

            Assert.InRange(tracker.OpenTracks, 0, options.MaxOpenTracks);
            tracker.CloseExpired(at, closed);
            Assert.All(closed, t => Assert.InRange(t.Looks.Count, 0, options.MaxLooks));
            closed.Clear();
        }
    }

    [Fact]
    public void A_track_keeps_the_surest_looks_and_one_picture_of_each_of_a_few_texts()
    {
        var options = new TrackingOptions { MaxLooks = 8, MaxEvidenceTexts = 2 };
        var tracker = new Tracker(options);
        var into = new List<TrackLook>();
        var wanted = 0;
        for (var i = 0; i < 200; i++)
        {
            var at = SomeLook.Start.AddSeconds(i / 100.0);
            var reading = SomeLook.Reading(PlateA, 0.2f + (0.7f * i / 200));
            tracker.Observe(at, 1920, 1080, [SomeLook.Vehicle(900, 500, 200, reading)], into);
            wanted += into[0].WantsEvidence ? 1 : 0;
            if (into[0].WantsEvidence)
            {
                into[0].Track.Keep(Road.Shot(at, into[0].Look));
            }
        }

        var track = into[0].Track;
        Assert.Equal(8, track.Looks.Count);
        Assert.All(track.Looks, l => Assert.True(l.Sureness >= 16));
        Assert.InRange(wanted, 10, 16);
        Assert.NotNull(track.ShotOf(track.Looks.Aggregate((a, b) => b.IsSurerThan(a) ? b : a)));
    }

    [Fact]
    public void Options_name_every_error()
    {
        var bad = new TrackingOptions
        {
            GapTimeout = TimeSpan.Zero,
            MergeWindow = TimeSpan.FromSeconds(-1),
            MaxAge = TimeSpan.Zero,
            ReentryAfter = TimeSpan.FromSeconds(-2),
            MaxLooks = 0,
            MaxEvidenceTexts = 0,
            MaxOpenTracks = 0,
        };
        Assert.Equal(7, bad.Validate().Count());
        Assert.Empty(new TrackingOptions().Validate());
    }

    private static readonly Gen<(string Left, string Right)> PlatePairs =
        from seed in Gen.Int[0, int.MaxValue]
        from consecutive in Gen.Bool
        select Pair(seed, consecutive);

    private static readonly Gen<List<RoadUser>> Traffic =
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Double[0, 6], Gen.Double[1, 4], Gen.Float[200, 1700])
            .Select((seed, from, seconds, lane) => RoadUser.Approaching(RandomPlate(new Random(seed)), from, seconds, lane))
            .List[1, 5];

    private static (float X, float Y, float Width) Abreast(double t, float side)
    {
        var width = (float)(120 + (80 * t));
        return (960 + (side * width), (float)(300 + (200 * t)), width);
    }

    /// <summary>Fleet cars with consecutive numbers are the hard case.</summary>
    private static (string Left, string Right) Pair(int seed, bool consecutive)
    {
        var left = RandomPlate(new Random(seed));
        var right = consecutive ? left[..^1] + (left[^1] == '9' ? '0' : (char)(left[^1] + 1)) : RandomPlate(new Random(seed ^ 0x55aa));
        return left == right ? (left, "鲁C00000") : (left, right);
    }

    /// <summary>
    /// Three lanes, a vehicle every 1.3 to 2.5 s in each; boxes jitter by a tenth, a fifth of the looks is missing, a fifth misread.
    /// </summary>
    private static (List<RoadUser> Users, List<Track> Tracks) DenseTraffic(Random random)
    {
        var users = new List<RoadUser>();
        foreach (var lane in new[] { 480f, 960, 1440 })
        {
            for (var from = random.NextDouble(); from < 12; from += 1.3 + (1.2 * random.NextDouble()))
            {
                var plate = $"渝A{users.Count:00}{random.Next(1000):000}";
                PlateReading Seen() => random.NextDouble() < 0.2
                    ? SomeLook.Reading(Misread(plate, random), 0.3f + (0.4f * random.NextSingle()))
                    : SomeLook.Reading(plate, 0.6f + (0.4f * random.NextSingle()));
                var user = RoadUser.Approaching(plate, from, 2.5, lane, _ => Seen());
                users.Add(user with { Path = t => Jitter(user.Path(t), random) });
            }
        }

        var (tracks, _) = Road.Drive(users, 22, 12, order: (_, looks) => looks.Where(_ => random.NextDouble() > 0.2));
        return (users, tracks);
    }

    private static (float X, float Y, float Width) Jitter((float X, float Y, float Width) at, Random random)
    {
        float Shift() => (random.NextSingle() - 0.5f) * 0.1f * at.Width;
        return (at.X + Shift(), at.Y + Shift(), at.Width + Shift());
    }

    private static string RandomPlate(Random random) => $"渝{(char)('A' + random.Next(8))}{random.Next(100_000):00000}";

    private static string Misread(string plate, Random random)
    {
        var at = random.Next(plate.Length);
        return random.Next(3) switch
        {
            0 => plate.Remove(at, 1),
            1 => string.Concat(plate.AsSpan(0, at), "7", plate.AsSpan(at + 1)),
            _ => string.Concat(plate.AsSpan(0, at), "K", plate.AsSpan(at + 1)),
        };
    }

    private static List<Passage> Passages(IEnumerable<Track> tracks) =>
        [.. tracks.Select(t => Assembler.Assemble(t, null).Voted?.Passage).OfType<Passage>()];

    private static string Describe(Track track) =>
        $"{track.FirstSeenAt:O} {track.LastSeenAt:O} {track.LeadingText} {track.Heading} {track.Looks.Count} {Passages([track]).FirstOrDefault()?.CapturedAt:O}";
}
