using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Dashiban.Edge.Capture;

/// <summary>
/// A camera or a video file, decoded by a child process that writes raw pictures to its standard output. The child is what meets
/// the hostile stream: it can crash or hang, and killing it wakes whoever waits for a picture.
/// </summary>
/// <remarks>
/// Pictures go from the pipe into their buffers without a copy in between. The child lives no longer than the thread that called
/// <see cref="Open"/>: the kernel kills it when that thread ends, in whatever way, and so also when this process is killed. It
/// is in a session of its own, so that Ctrl-C reaches only us and the stop stays tidy.
/// </remarks>
internal sealed partial class DecoderProcess(LaneOptions options, ILogger logger) : IFrameSource
{
    /// <summary>Exit code by which <c>setpriv</c> says that there is no such program.</summary>
    private const int NoSuchProgram = 127;

    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger = logger;
    private readonly bool _isCamera = DecoderCommand.IsCamera(options.Source);
    private readonly Lock _lock = new();
    private readonly DecoderComplaints _complaints = new();
    private Process? _child;
    private NutReader? _pictures;
    private int? _lastNumber;
    private bool _ended;

    public bool CanWait => !_isCamera && options.Pace == FilePace.OurOwn;

    public PictureFormat Open()
    {
        if (!_isCamera && !File.Exists(options.Source))
        {
            throw new LaneFaultException(LaneFault.StreamUnreadable, $"There is no file {options.Source}.");
        }

        try
        {
            _pictures = new NutReader(Start());
            return _pictures.ReadStart();
        }
        catch (EndOfStreamException)
        {
            ThrowIfNotInstalled();
            throw NoPicture();
        }
    }

    public bool TryReadHeader(out FrameHeader header)
    {
        header = default;
        if (!_pictures!.TryReadHeader(out var coded))
        {
            ThrowUnlessTidy();
            return false;
        }

        var time = DecoderCommand.Decode(coded, out var number);
        header = new FrameHeader(time, _lastNumber is { } last ? DecoderCommand.LeftOut(last, number) : 0);
        _lastNumber = number;
        return true;
    }

    public void ReadPicture(Span<byte> samples)
    {
        try
        {
            _pictures!.ReadPicture(samples);
        }
        catch (EndOfStreamException)
        {
            throw Ended();
        }
    }

    public void SkipPicture()
    {
        try
        {
            _pictures!.SkipPicture();
        }
        catch (EndOfStreamException)
        {
            throw Ended();
        }
    }

    public void Interrupt()
    {
        lock (_lock)
        {
            _ended = true;
            _child?.Kill(entireProcessTree: true);
        }
    }

    public void Dispose()
    {
        Interrupt();
        lock (_lock)
        {
            if (_child is not null)
            {
                _child.WaitForExit(ExitPatience);
                _child.Dispose();
                _child = null;
            }
        }
    }

    private Stream Start()
    {
        lock (_lock)
        {
            if (_ended)
            {
                throw new EndOfStreamException("Interrupted before the decoder was started.");
            }

            _child = Process.Start(new ProcessStartInfo("setsid", ["setpriv", "--pdeathsig", "KILL", "--", options.Decoder, .. DecoderCommand.Arguments(options)])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            DecoderStarted(options.Camera, _child.Id, DecoderCommand.Mask(options.Source));
            _complaints.Drain(_child.StandardError, options.Camera);
            return _child.StandardOutput.BaseStream;
        }
    }

    /// <summary>A file ends with exit code 0; an interrupted session ends as it was told; everything else is a fault.</summary>
    private void ThrowUnlessTidy()
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            if (_isCamera || !_child!.WaitForExit(ExitPatience) || _child.ExitCode != 0)
            {
                throw Ended();
            }
        }
    }

    /// <summary>A fault of the installation: trying again would not help.</summary>
    private void ThrowIfNotInstalled()
    {
        lock (_lock)
        {
            if (_child is not null && _child.WaitForExit(ExitPatience) && _child.ExitCode == NoSuchProgram)
            {
                throw new InvalidOperationException($"There is no decoder '{options.Decoder}'; install ffmpeg.");
            }
        }
    }

    private LaneFaultException NoPicture() => _isCamera && !_complaints.SpeakOfContent
        ? new LaneFaultException(LaneFault.CameraUnreachable, $"No picture came from {DecoderCommand.Mask(options.Source)}. {_complaints}")
        : new LaneFaultException(LaneFault.StreamUnreadable, $"No picture can be made of {DecoderCommand.Mask(options.Source)}. {_complaints}");

    private LaneFaultException Ended() => _isCamera
        ? new LaneFaultException(LaneFault.CameraUnreachable, $"The camera ended the stream. {_complaints}")
        : new LaneFaultException(LaneFault.StreamUnreadable, $"The decoder gave up inside {options.Source}. {_complaints}");

    [LoggerMessage(1100, LogLevel.Debug, "{Camera}: decoder {ProcessId} reads {Source}")]
    private partial void DecoderStarted(string camera, int processId, string source);
}
