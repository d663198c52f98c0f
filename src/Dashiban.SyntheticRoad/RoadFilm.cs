using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Painting;
using Dashiban.SyntheticRoad.Script;

namespace Dashiban.SyntheticRoad;

/// <summary>
/// A film of a virtual camera that has not been encoded: its pictures can be painted one by one, in any order, each a pure
/// function of scene, passages and options. For one thread; <see cref="RoadFootage"/> paints on several and encodes.
/// </summary>
public sealed class RoadFilm : IDisposable
{
    private readonly Stage _stage;
    private readonly FramePainter _painter;

    /// <exception cref="ArgumentException">Options or passages cannot be used; the message says what to do.</exception>
    public RoadFilm(CameraScene scene, IReadOnlyList<RoadPassage> passages, RoadRenderOptions options)
    {
        RoadFootage.Check(scene, passages, options);
        _stage = new Stage(scene, passages, options);
        _painter = new FramePainter(_stage);
        Truth = TruthTeller.Tell(_stage);
    }

    public RoadTruth Truth { get; }

    public int FrameCount => _stage.Options.FrameCount;

    /// <summary>Bytes of one picture in planar 4:2:0 (I420): width * height * 3 / 2.</summary>
    public int FrameBytes => Planes.ByteCount(_stage.Options.Width, _stage.Options.Height);

    /// <summary>When a picture is taken, counted from the first.</summary>
    public TimeSpan TimeOf(int frame) => TimeSpan.FromSeconds(frame / (double)_stage.Options.FramesPerSecond);

    /// <summary>Paints one picture into the caller's buffer of <see cref="FrameBytes"/> bytes: I420, BT.709, video range.</summary>
    public void Paint(int frame, Span<byte> i420)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfNotEqual(i420.Length, FrameBytes);
        _painter.Paint(frame, i420);
    }

    public void Dispose()
    {
        _painter.Dispose();
        _stage.Dispose();
    }
}
