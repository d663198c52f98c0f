namespace Dashiban.Edge.Capture;

/// <summary>
/// Reads raw 4:2:0 pictures with their times from a NUT stream, the container in which the decoder child writes them: main
/// header, one video stream, synchronisation points, frames. Format: "NUT Open Container Format", draft 20130327, as written by
/// FFmpeg's muxer. Everything that FFmpeg does not write for raw video is refused with a sentence.
/// </summary>
/// <remarks>Every size is bounded before it is believed; headers are read through a small buffer, pictures straight into theirs.</remarks>
internal sealed class NutReader(Stream stream)
{
    private const ulong MainStartCode = 0x4E4D7A561F5F04AD;
    private const ulong StreamStartCode = 0x4E5311405BF2F9DB;
    private const ulong SyncPointStartCode = 0x4E4BE4ADEECA4569;
    private const ulong InfoStartCode = 0x4E49AB68B596BA78;
    private const ulong IndexStartCode = 0x4E58DD672F23E64E;
    private const int MaxPacketBytes = 64 * 1024;
    private const int MaxSide = 8192;

    private readonly byte[] _buffer = new byte[4096];
    private readonly byte[] _packet = new byte[4096];
    private readonly FrameCode[] _codes = new FrameCode[256];
    private int _next;
    private int _filled;
    private Rational[] _timeBases = [];
    private Rational _timeBase;
    private int _ptsShift;
    private long _lastPts;
    private PictureFormat _format;
    private int _pictureBytes;

    private static ReadOnlySpan<byte> FileId => "nut/multimedia container\0"u8;

    /// <summary>Reads up to the first frame: the format of all pictures.</summary>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    /// <exception cref="LaneFaultException">This is not such a stream.</exception>
    public PictureFormat ReadStart()
    {
        foreach (var expected in FileId)
        {
            if (ReadByte() != expected)
            {
                throw Unreadable("it does not begin with the NUT signature");
            }
        }

        while (_format == default)
        {
            var first = ReadByte();
            if (first != 'N')
            {
                throw Unreadable("a frame comes before the stream header");
            }

            ReadPacket();
        }

        return _format;
    }

    /// <summary>Reads up to the samples of the next picture; false at the end of the stream.</summary>
    /// <param name="time">Presentation time.</param>
    /// <exception cref="LaneFaultException">The stream cannot be understood, or the picture has another size.</exception>
    public bool TryReadHeader(out TimeSpan time)
    {
        time = default;
        while (TryReadByte(out var code))
        {
            if (code == 'N')
            {
                ReadPacket();
                continue;
            }

            time = ReadFrameHeader(_codes[code]);
            return true;
        }

        return false;
    }

    /// <summary>Reads the samples of the picture whose header was just read.</summary>
    /// <exception cref="EndOfStreamException">The stream ended inside the picture.</exception>
    public void ReadPicture(Span<byte> samples)
    {
        if (samples.Length != _pictureBytes)
        {
            throw new ArgumentException($"The picture has {_pictureBytes} bytes, the buffer {samples.Length}.", nameof(samples));
        }

        var buffered = Math.Min(_filled - _next, samples.Length);
        _buffer.AsSpan(_next, buffered).CopyTo(samples);
        _next += buffered;
        stream.ReadExactly(samples[buffered..]);
    }

    /// <summary>Reads past the samples of the picture whose header was just read.</summary>
    /// <exception cref="EndOfStreamException">The stream ended inside the picture.</exception>
    public void SkipPicture() => Skip(_pictureBytes);

    private void ReadPacket()
    {
        var startCode = (ulong)'N' << 56;
        for (var shift = 48; shift >= 0; shift -= 8)
        {
            startCode |= (ulong)ReadByte() << shift;
        }

        switch (startCode)
        {
            case MainStartCode:
                ReadMainHeader(ReadPacketBody());
                break;
            case StreamStartCode:
                ReadStreamHeader(ReadPacketBody());
                break;
            case SyncPointStartCode:
                ReadSyncPoint(ReadPacketBody());
                break;
            case InfoStartCode or IndexStartCode:
                SkipPacketBody();
                break;
            default:
                throw Unreadable($"start code {startCode:x16} is unknown");
        }
    }

    private PacketReader ReadPacketBody()
    {
        var body = _packet.AsSpan(0, ReadBounded(_packet.Length, "length of a header packet"));
        for (var i = 0; i < body.Length; i++)
        {
            body[i] = ReadByte();
        }

        return new PacketReader(body);
    }

    private void SkipPacketBody()
    {
        var length = ReadBounded(MaxPacketBytes, "length of an information packet");
        Skip(length > _packet.Length ? length + sizeof(uint) : length); // a long packet has a checksum of its own header
    }

    private void ReadMainHeader(PacketReader packet)
    {
        if (packet.Unsigned() is var version and not 3)
        {
            throw Unreadable($"it is NUT version {version}, and 3 was expected");
        }

        if (packet.Unsigned() is var streams and not 1)
        {
            throw Unreadable($"it holds {streams} streams, and one was expected");
        }

        packet.Unsigned(); // max_distance
        _timeBases = new Rational[packet.Bounded(16, "number of time bases")];
        for (var i = 0; i < _timeBases.Length; i++)
        {
            _timeBases[i] = new Rational(packet.Bounded(int.MaxValue, "time base"), packet.Bounded(int.MaxValue, "time base"));
            if (_timeBases[i].Denominator == 0)
            {
                throw Unreadable("a time base has denominator 0");
            }
        }

        ReadFrameCodes(ref packet);
    }

    /// <summary>The table that says what each first byte of a frame stands for, in runs (main header, "frame_code").</summary>
    private void ReadFrameCodes(ref PacketReader packet)
    {
        long pts = 0;
        int multiplier = 1, stream = 0, header = 0;
        for (var code = 0; code < 256;)
        {
            var flags = (FrameFlags)packet.Unsigned();
            var fields = packet.Bounded(64, "fields of a frame code");
            if (fields > 0)
            {
                pts = packet.Signed();
            }

            if (fields > 1)
            {
                multiplier = packet.Bounded(int.MaxValue, "size multiplier");
            }

            if (fields > 2)
            {
                stream = packet.Bounded(256, "stream of a frame code");
            }

            var size = fields > 3 ? packet.Bounded(int.MaxValue, "size") : 0;
            var reserved = fields > 4 ? packet.Bounded(256, "reserved fields") : 0;
            var count = fields > 5 ? packet.Bounded(256, "run of frame codes") : multiplier - size;
            if (fields > 6)
            {
                packet.Signed(); // match_time_delta
            }

            if (fields > 7)
            {
                header = packet.Bounded(256, "shared header of a frame code");
            }

            for (var field = 8; field < fields; field++)
            {
                packet.Unsigned();
            }

            if (count <= 0)
            {
                throw Unreadable("a run of frame codes is empty");
            }

            for (var i = 0; i < count && code < 256; code++)
            {
                if (code == 'N')
                {
                    _codes[code] = new FrameCode(FrameFlags.Invalid, 0, 0, 0, 0, 0, 0);
                    continue;
                }

                _codes[code] = new FrameCode(flags, stream, pts, multiplier, size + i, reserved, header);
                i++;
            }
        }
    }

    private void ReadStreamHeader(PacketReader packet)
    {
        packet.Unsigned(); // stream_id: there is one
        if (packet.Unsigned() is var kind and not 0)
        {
            throw Unreadable($"its stream is of class {kind}, not video");
        }

        var fourCc = packet.Bytes(4, "codec");
        if (!fourCc.SequenceEqual("I420"u8))
        {
            throw Unreadable($"its codec is 0x{Convert.ToHexString(fourCc)}, not I420");
        }

        var timeBase = packet.Bounded(_timeBases.Length - 1, "time base");
        var ptsShift = packet.Bounded(62, "pts shift");
        packet.Unsigned(); // max_pts_distance
        packet.Unsigned(); // decode_delay
        packet.Unsigned(); // stream_flags
        packet.Bytes(_packet.Length, "codec data");
        Accept(new PictureFormat(packet.Bounded(MaxSide, "width"), packet.Bounded(MaxSide, "height")));
        _timeBase = _timeBases[timeBase];
        _ptsShift = ptsShift;
    }

    private void Accept(PictureFormat format)
    {
        if (format.Width < 16 || format.Height < 16 || format.Width % 2 != 0 || format.Height % 2 != 0)
        {
            throw Unreadable($"its pictures are {format.Width}x{format.Height}; both sides must be even and at least 16");
        }

        if (_format != default && _format != format)
        {
            throw FormatChanged($"from {_format.Width}x{_format.Height} to {format.Width}x{format.Height}");
        }

        _format = format;
    }

    /// <summary>A synchronisation point sets the time that the next frame's few bits continue from.</summary>
    private void ReadSyncPoint(PacketReader packet)
    {
        var coded = packet.Unsigned();
        var count = (ulong)_timeBases.Length;
        if (count == 0 || _timeBase.Numerator == 0)
        {
            throw Unreadable("a synchronisation point comes before the headers");
        }

        var from = _timeBases[(int)(coded % count)];
        _lastPts = (long)((Int128)(coded / count) * from.Numerator * _timeBase.Denominator / ((Int128)from.Denominator * _timeBase.Numerator));
    }

    private TimeSpan ReadFrameHeader(FrameCode code)
    {
        var flags = code.Flags;
        if (Has(flags, FrameFlags.Coded))
        {
            flags ^= (FrameFlags)ReadUnsigned();
        }

        if ((flags & (FrameFlags.Invalid | FrameFlags.SideData)) != 0)
        {
            throw Unreadable("a frame has a code that raw video does not use");
        }

        var id = Has(flags, FrameFlags.StreamId) ? ReadBounded(256, "stream of a frame") : code.Stream;
        _lastPts = Has(flags, FrameFlags.CodedPts) ? PtsFrom(ReadUnsigned()) : _lastPts + code.PtsDelta;
        long size = code.SizeLow;
        if (Has(flags, FrameFlags.SizeHigh))
        {
            size += (long)ReadBounded(int.MaxValue, "picture size") * code.SizeMultiplier;
        }

        if (Has(flags, FrameFlags.MatchTime))
        {
            ReadUnsigned();
        }

        var header = Has(flags, FrameFlags.HeaderIndex) ? ReadBounded(256, "shared header of a frame") : code.Header;
        var reserved = Has(flags, FrameFlags.Reserved) ? ReadBounded(256, "reserved fields") : code.Reserved;
        for (var i = 0; i < reserved; i++)
        {
            ReadUnsigned();
        }

        if (Has(flags, FrameFlags.Checksum))
        {
            Skip(sizeof(uint));
        }

        if (id != 0 || header != 0)
        {
            throw Unreadable("a frame belongs to a stream or a shared header that does not exist");
        }

        Expect(size);
        return TimeSpan.FromTicks((long)((Int128)_lastPts * _timeBase.Numerator * TimeSpan.TicksPerSecond / _timeBase.Denominator));
    }

    /// <summary>The decoder writes each picture in its own size, so a camera that changes its resolution shows here.</summary>
    private void Expect(long size)
    {
        if (size != _format.Bytes)
        {
            throw FormatChanged($"a picture of {_format.Width}x{_format.Height} has {_format.Bytes} bytes, and the next one {size}");
        }

        _pictureBytes = (int)size;
    }

    /// <summary>A small value holds the lowest bits of a time near the last one; a large one is the time itself.</summary>
    private long PtsFrom(ulong coded)
    {
        var range = 1UL << _ptsShift;
        if (coded >= range)
        {
            return (long)(coded - range);
        }

        var mask = (long)range - 1;
        var lowest = _lastPts - (mask / 2);
        return (((long)coded - lowest) & mask) + lowest;
    }

    /// <summary><c>Enum.HasFlag</c> boxes where the compiler did not optimise yet, and this runs for every picture.</summary>
    private static bool Has(FrameFlags flags, FrameFlags wanted) => (flags & wanted) != 0;

    private int ReadBounded(int limit, string what) => Bounded(ReadUnsigned(), limit, what);

    /// <summary>A number in groups of seven bits, the highest first; the top bit says that more follow ("v").</summary>
    private ulong ReadUnsigned()
    {
        var value = 0UL;
        for (var i = 0; i < 10; i++)
        {
            var next = ReadByte();
            value = (value << 7) | (uint)(next & 0x7F);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Unreadable("a number has more than 64 bits");
    }

    private byte ReadByte() => TryReadByte(out var value) ? value : throw new EndOfStreamException("The stream ended inside a header.");

    private bool TryReadByte(out byte value)
    {
        if (_next == _filled)
        {
            _next = 0;
            _filled = stream.Read(_buffer);
        }

        value = _filled > 0 ? _buffer[_next++] : default;
        return _filled > 0;
    }

    private void Skip(int count)
    {
        while (count > 0)
        {
            if (_next == _filled)
            {
                ReadByte();
                count--;
            }

            var step = Math.Min(count, _filled - _next);
            _next += step;
            count -= step;
        }
    }

    private static int Bounded(ulong value, int limit, string what) => value <= (ulong)Math.Max(limit, 0)
        ? (int)value
        : throw Unreadable($"{what} is {value}, and at most {limit} is possible");

    private static LaneFaultException Unreadable(string why) => new(LaneFault.StreamUnreadable, $"The decoder's output cannot be read: {why}.");

    private static LaneFaultException FormatChanged(string how) => new(LaneFault.FormatChanged, $"The picture size changed: {how}.");

    [Flags]
    private enum FrameFlags
    {
        CodedPts = 8,
        StreamId = 16,
        SizeHigh = 32,
        Checksum = 64,
        Reserved = 128,
        SideData = 256,
        HeaderIndex = 1024,
        MatchTime = 2048,
        Coded = 4096,
        Invalid = 8192,
    }

    private readonly record struct FrameCode(
        FrameFlags Flags,
        int Stream,
        long PtsDelta,
        int SizeMultiplier,
        int SizeLow,
        int Reserved,
        int Header);

    private readonly record struct Rational(int Numerator, int Denominator);

    /// <summary>Reads numbers from one packet and never beyond it.</summary>
    private ref struct PacketReader(ReadOnlySpan<byte> packet)
    {
        private ReadOnlySpan<byte> _rest = packet.Length >= sizeof(uint)
            ? packet[..^sizeof(uint)]
            : throw Unreadable("a packet is shorter than its checksum");

        public int Bounded(int limit, string what) => NutReader.Bounded(Unsigned(), limit, what);

        public ulong Unsigned()
        {
            var value = 0UL;
            for (var i = 0; i < _rest.Length && i < 10; i++)
            {
                value = (value << 7) | (uint)(_rest[i] & 0x7F);
                if (_rest[i] < 0x80)
                {
                    _rest = _rest[(i + 1)..];
                    return value;
                }
            }

            throw Unreadable("a packet ends inside a number");
        }

        /// <summary>0, 1, -1, 2, -2 and so on are coded as 0, 1, 2, 3, 4 ("s").</summary>
        public long Signed()
        {
            var value = (long)(Unsigned() + 1);
            return (value & 1) != 0 ? -(value >> 1) : value >> 1;
        }

        public ReadOnlySpan<byte> Bytes(int limit, string what)
        {
            var length = Bounded(limit, what);
            if (length > _rest.Length)
            {
                throw Unreadable($"a packet ends inside its {what}");
            }

            var bytes = _rest[..length];
            _rest = _rest[length..];
            return bytes;
        }
    }
}
