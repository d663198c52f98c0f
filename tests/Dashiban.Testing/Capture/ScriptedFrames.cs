using Dashiban.Edge;
using Dashiban.Edge.Capture;

namespace Dashiban.Testing.Capture;

/// <summary>One step of a script; what happens when the capture thread asks for the next picture.</summary>
internal abstract record ScriptedStep
{
    /// <summary>A picture, all samples of one brightness.</summary>
    internal sealed record Picture(TimeSpan Time, byte Brightness = 100, int Thinned = 0) : ScriptedStep;

    /// <summary>A picture that breaks off in the middle.</summary>
    internal sealed record BrokenPicture(LaneFault Fault) : ScriptedStep;

    /// <summary>The stream ends with a fault.</summary>
    internal sealed record Break(LaneFault Fault) : ScriptedStep;

    /// <summary>Nothing comes until somebody interrupts.</summary>
    internal sealed record Silence : ScriptedStep;

    /// <summary>Something happens just then, on the capture thread.</summary>
    internal sealed record Do(Action Action) : ScriptedStep;
}

/// <summary>A camera that follows a script. Ends tidily when the script does.</summary>
internal sealed class ScriptedFrames(PictureFormat format, IEnumerable<ScriptedStep> script, bool canWait = false) : IFrameSource
{
    private readonly IEnumerator<ScriptedStep> _script = script.GetEnumerator();
    private readonly ManualResetEventSlim _interrupted = new();

    public bool CanWait => canWait;

    public bool WasDisposed { get; private set; }

    /// <summary>Pictures at an even pace.</summary>
    public static IEnumerable<ScriptedStep> Steady(int count, double perSecond = 25) =>
        Enumerable.Range(0, count).Select(i => new ScriptedStep.Picture(TimeSpan.FromSeconds(i / perSecond), (byte)(i * 29)));

    public PictureFormat Open() => format;

    public bool TryReadHeader(out FrameHeader header)
    {
        header = default;
        while (!_interrupted.IsSet && _script.MoveNext())
        {
            switch (_script.Current)
            {
                case ScriptedStep.Picture picture:
                    header = new FrameHeader(picture.Time, picture.Thinned);
                    return true;
                case ScriptedStep.BrokenPicture:
                    return true;
                case ScriptedStep.Break end:
                    throw new LaneFaultException(end.Fault, "As the script says.");
                case ScriptedStep.Silence:
                    _interrupted.Wait();
                    break;
                case ScriptedStep.Do step:
                    step.Action();
                    break;
            }
        }

        return false;
    }

    public void ReadPicture(Span<byte> samples)
    {
        if (_script.Current is not ScriptedStep.Picture picture)
        {
            throw new LaneFaultException(((ScriptedStep.BrokenPicture)_script.Current).Fault, "Broke off inside a picture.");
        }

        samples.Fill(picture.Brightness);
    }

    public void SkipPicture()
    {
        if (_script.Current is ScriptedStep.BrokenPicture broken)
        {
            throw new LaneFaultException(broken.Fault, "Broke off inside a picture.");
        }
    }

    public void Interrupt() => _interrupted.Set();

    public void Dispose() => WasDisposed = true;
}
