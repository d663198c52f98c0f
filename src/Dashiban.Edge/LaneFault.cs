namespace Dashiban.Edge;

/// <summary>What can go wrong between a camera and its lane. Each name tells the operator where to look; each restarts the lane.</summary>
public enum LaneFault
{
    /// <summary>No connection, or the camera ended it: address, password, cable, camera power.</summary>
    CameraUnreachable,

    /// <summary>Connected, but no picture came within <see cref="LaneOptions.StallTimeout"/>: camera hung, network too slow.</summary>
    CameraSilent,

    /// <summary>Bytes come but no pictures can be made of them: codec, encryption, a damaged file.</summary>
    StreamUnreadable,

    /// <summary>The camera changed its resolution; the lane starts again with buffers of the new size.</summary>
    FormatChanged,
}

/// <summary>A named fault. Whatever else a lane throws is a bug and ends the process.</summary>
/// <param name="fault">Its name.</param>
/// <param name="message">What was seen, without any password.</param>
public sealed class LaneFaultException(LaneFault fault, string message) : Exception(message)
{
    /// <summary>The name of the fault.</summary>
    public LaneFault Fault { get; } = fault;
}
