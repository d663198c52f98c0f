using System.Threading.Channels;
using Dashiban.Domain.Seats;
using Dashiban.Edge;
using Dashiban.Edge.Capture;
using Dashiban.Edge.Detection;
using Dashiban.Edge.Voting;
using Dashiban.Testing.Capture;
using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Scenes;

namespace Dashiban.Tests;

/// <summary>Whole lanes on scripted cameras, hundreds of seeded runs each: whatever happens, the books balance.</summary>
public sealed class FrameAccountingTests
{
    private const int Runs = 250;
    private static readonly PictureFormat Format = new(64, 48);

    [Fact]
    public async Task Frames_captured_equal_fates_settled()
    {
        var fates = new HashSet<Fate>();
        for (var seed = 0; seed < Runs; seed++)
        {
            using var run = new Run(seed) { MayFail = true, MayAbort = true, Buffers = 2 + (seed % 6) }; // too few, so that frames are turned away, too
            var books = await run.PlayAsync();

            Assert.True(books.Frames.InFlight == 0, $"seed {seed}: {books.Frames.InFlight} frames have no fate");
            Assert.True(books.Frames[Fate.Lost] == 0, $"seed {seed}: {books.Frames[Fate.Lost]} frames were forgotten");
            fates.UnionWith(Enum.GetValues<Fate>().Where(fate => books.Frames[fate] > 0));
        }

        // The scripts bring these about whatever the scheduler does; on the others the scheduler decides.
        Assert.Superset(new HashSet<Fate> { Fate.Analysed, Fate.Thinned, Fate.Failed }, fates);
    }

    [Fact]
    public async Task Buffers_never_exceed_the_pool_and_all_come_home()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            using var run = new Run(seed) { MayFail = true, Buffers = 6 };
            var books = await run.PlayAsync();

            Assert.InRange(run.MostInFlight, 0, 6);
            Assert.Equal(0, books.Frames[Fate.Lost]); // a pool that goes while a frame is out books it as lost
        }
    }

    [Fact]
    public async Task A_tidy_stop_abandons_nothing()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            using var run = new Run(seed);
            var books = await run.PlayAsync();

            Assert.True(books.Frames[Fate.Abandoned] == 0, $"seed {seed}: {books.Frames[Fate.Abandoned]} abandoned");
            Assert.Equal(0, books.Frames[Fate.Failed]);
            Assert.Equal(0, books.Frames.InFlight);
        }
    }

    [Fact]
    public async Task Six_buffers_are_enough_for_every_stage()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            using var run = new Run(seed) { Buffers = 6 };
            var books = await run.PlayAsync();
            Assert.Equal(0, books.Frames[Fate.NoBuffer]);
        }
    }

    [Fact]
    public async Task A_file_is_read_whole()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            using var run = new Run(seed) { IsFile = true };
            var books = await run.PlayAsync();
            Assert.Equal(0, books.Frames[Fate.Superseded]);
            Assert.Equal(books.Frames.Captured, books.Frames[Fate.Analysed] + books.Frames[Fate.Blank] + books.Frames[Fate.Thinned]);
        }
    }

    /// <summary>One lane's life, drawn by a seed.</summary>
    private sealed class Run(int seed) : IDisposable
    {
        private readonly Random _random = new(seed);
        private readonly Random _work = new(~seed);
        private readonly LaneBooks _books = new();
        private readonly CancellationTokenSource _stopping = new();
        private readonly CancellationTokenSource _abort = new();
        private long _mostInFlight;

        public bool MayFail { get; init; }

        public bool MayAbort { get; init; }

        public bool IsFile { get; init; }

        public int Buffers { get; init; } = 8;

        public long MostInFlight => _mostInFlight;

        public async Task<LaneBooks> PlayAsync()
        {
            var source = new ScriptedFrames(Format, Script().ToList(), IsFile);
            var options = new LaneOptions
            {
                Camera = "c",
                Site = "s",
                FrameBuffers = Buffers,
                Motion = new MotionOptions { SkipEmptyRoad = _random.Next(2) == 0 },
            };
            var passages = Channel.CreateUnbounded<VotedPassage>();
            var assembler = new PassageAssembler("s", "c", new VotingOptions(), SeatModelTrust.Unmeasured, SeatRegister.Empty);
            var lane = new Lane(options, () => source, new LaneEyes(Detect, Read), assembler, () => null, passages.Writer, _books, _ => { }, TimeProvider.System);
            try
            {
                await lane.RunAsync(_stopping.Token, _abort.Token).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            }
            catch (Exception e) when (e is LaneFaultException or OperationCanceledException or ScriptedBugException)
            {
                // Each is an end that a lane may come to.
            }

            Assert.True(source.WasDisposed);
            return _books;
        }

        public void Dispose()
        {
            _stopping.Dispose();
            _abort.Dispose();
        }

        private IEnumerable<ScriptedStep> Script()
        {
            var pictures = _random.Next(1, 40);
            var stopAt = _random.Next(2) == 0 ? _random.Next(pictures) : -1;
            var abortAt = MayAbort && _random.Next(3) == 0 ? _random.Next(pictures) : -1;
            for (var i = 0; i < pictures; i++)
            {
                if (i == stopAt)
                {
                    yield return new ScriptedStep.Do(_stopping.Cancel);
                }

                if (i == abortAt)
                {
                    yield return new ScriptedStep.Do(_abort.Cancel);
                }

                yield return new ScriptedStep.Do(Dawdle(_random.Next(1500)));
                yield return new ScriptedStep.Picture(TimeSpan.FromSeconds(i / 12.0), (byte)(_random.Next(3) * 60), _random.Next(3));
            }

            var fault = (LaneFault)_random.Next(4);
            yield return _random.Next(4) switch
            {
                0 when MayFail => new ScriptedStep.BrokenPicture(fault),
                0 or 1 => new ScriptedStep.Break(fault),
                2 => new ScriptedStep.Do(_stopping.Cancel),
                _ => new ScriptedStep.Do(() => { }),
            };
        }

        private void Detect(I420Picture picture, SceneDetections into)
        {
            var sees = Work();
            into.Clear();
            if (sees)
            {
                into.Vehicles.Add(new VehicleBox(new Box(1, 1, 20, 20), 0.9f));
            }
        }

        private void Read(I420Picture picture, SceneDetections detections, List<VehicleLook> into)
        {
            Work();
            into.Clear();
        }

        /// <summary>Takes some time, may throw; true for one in two.</summary>
        private bool Work()
        {
            Max(ref _mostInFlight, _books.Frames.InFlight);
            int chance;
            lock (_work)
            {
                chance = _work.Next(60_000);
            }

            Dawdle(chance / 10)();
            return MayFail && chance < 1000 ? throw new ScriptedBugException() : chance % 2 == 0;
        }

        private static Action Dawdle(int effort) => () => Thread.SpinWait(effort);

        private static void Max(ref long field, long value)
        {
            for (var seen = Interlocked.Read(ref field); value > seen; seen = Interlocked.Read(ref field))
            {
                Interlocked.CompareExchange(ref field, value, seen);
            }
        }
    }

    private sealed class ScriptedBugException : Exception;
}
