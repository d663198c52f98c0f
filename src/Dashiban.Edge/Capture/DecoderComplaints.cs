using System.Text.RegularExpressions;

namespace Dashiban.Edge.Capture;

/// <summary>
/// The last things a decoder child said on its standard error: what a fault's message quotes. Bounded in number and length,
/// whatever the child writes; passwords are masked before anything is kept.
/// </summary>
internal sealed partial class DecoderComplaints
{
    private const int MaxLines = 4;
    private const int MaxLineLength = 240;

    private readonly Lock _lock = new();
    private readonly Queue<string> _last = new();
    private Thread? _drain;

    /// <summary>True where a line speaks of what the stream contains, rather than of the way to it.</summary>
    public bool SpeakOfContent { get; private set; }

    /// <summary>Reads the child's standard error to its end on a thread of its own: reading a pipe blocks its thread.</summary>
    public void Drain(StreamReader standardError, string camera)
    {
        _drain = new Thread(() => ReadLines(standardError)) { IsBackground = true, Name = $"{camera} decoder complaints" };
        _drain.Start();
    }

    /// <summary>The last lines, the oldest first; waits a moment for a child that has just ended to be heard to the end.</summary>
    public override string ToString()
    {
        _drain?.Join(TimeSpan.FromMilliseconds(200));
        lock (_lock)
        {
            return _last.Count == 0 ? "The decoder said nothing." : $"The decoder said: {string.Join(" | ", _last)}";
        }
    }

    private void ReadLines(StreamReader standardError)
    {
        Span<char> chunk = stackalloc char[512];
        Span<char> line = stackalloc char[MaxLineLength];
        var length = 0;
        while (TryRead(standardError, chunk, out var read))
        {
            foreach (var c in chunk[..read])
            {
                if (c is '\n' or '\r')
                {
                    Keep(line[..length]);
                    length = 0;
                }
                else if (length < line.Length)
                {
                    line[length++] = c;
                }
            }
        }

        Keep(line[..length]);
    }

    /// <summary>False at the end, and where the child was disposed while we waited.</summary>
    private static bool TryRead(StreamReader standardError, Span<char> chunk, out int read)
    {
        try
        {
            read = standardError.Read(chunk);
        }
        catch (Exception e) when (e is ObjectDisposedException or IOException)
        {
            read = 0;
        }

        return read > 0;
    }

    private void Keep(ReadOnlySpan<char> line)
    {
        if (line.IsWhiteSpace())
        {
            return;
        }

        lock (_lock)
        {
            _last.Enqueue(DecoderCommand.Mask(line.ToString()));
            SpeakOfContent |= Content().IsMatch(line);
            if (_last.Count > MaxLines)
            {
                _last.Dequeue();
            }
        }
    }

    [GeneratedRegex("invalid data|codec|decod|no frame|matches no streams|non-existing|missing picture", RegexOptions.IgnoreCase)]
    private static partial Regex Content();
}
