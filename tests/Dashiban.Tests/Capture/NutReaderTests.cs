using CsCheck;
using Dashiban.Edge;
using Dashiban.Edge.Capture;

namespace Dashiban.Tests.Capture;

/// <summary>
/// The recording was made by <c>ffmpeg -f lavfi -i testsrc2=s=16x16:r=25:d=0.12 -vf noise=alls=60:allf=t+u</c> with the output arguments of
/// <see cref="DecoderCommand"/>: three pictures of 384 bytes.
/// </summary>
public sealed class NutReaderTests
{
    private const int PictureBytes = 16 * 16 * 3 / 2;
    private static readonly byte[] Recording = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Capture", "three-pictures.nut"));

    [Fact]
    public void Reads_format_times_and_samples_as_ffmpeg_wrote_them()
    {
        var reader = new NutReader(new MemoryStream(Recording));
        Assert.Equal(new PictureFormat(16, 16), reader.ReadStart());

        var times = new List<double>();
        var samples = new byte[PictureBytes];
        while (reader.TryReadHeader(out var time))
        {
            reader.ReadPicture(samples);
            times.Add(time.TotalMicroseconds);
            Assert.True(Recording.AsSpan().IndexOf(samples) > 0);
        }

        Assert.Equal([0, 40_001, 80_002], times);
    }

    [Fact]
    public void A_skipped_picture_leaves_the_next_one_whole()
    {
        var reader = new NutReader(new MemoryStream(Recording));
        reader.ReadStart();
        Assert.True(reader.TryReadHeader(out _));
        reader.SkipPicture();
        Assert.True(reader.TryReadHeader(out var second));

        var samples = new byte[PictureBytes];
        reader.ReadPicture(samples);
        Assert.Equal(40_001, second.TotalMicroseconds);
        Assert.True(Recording.AsSpan().IndexOf(samples) > Recording.Length / 3);
    }

    [Fact]
    public void Bytes_that_come_one_by_one_are_the_same_stream()
    {
        var reader = new NutReader(new Trickle(Recording));
        reader.ReadStart();
        var pictures = 0;
        while (reader.TryReadHeader(out _))
        {
            reader.ReadPicture(new byte[PictureBytes]);
            pictures++;
        }

        Assert.Equal(3, pictures);
    }

    [Fact]
    public void A_picture_of_another_size_is_a_changed_format()
    {
        var changed = (byte[])Recording.Clone();
        changed[0x86] = 18; // width and height in the stream header
        changed[0x87] = 18;
        var reader = new NutReader(new MemoryStream(changed));
        Assert.Equal(new PictureFormat(18, 18), reader.ReadStart());

        var fault = Assert.Throws<LaneFaultException>(() => reader.TryReadHeader(out _));
        Assert.Equal(LaneFault.FormatChanged, fault.Fault);
    }

    [Theory]
    [InlineData("hello, this is no stream at all", LaneFault.StreamUnreadable)]
    [InlineData("nut/multimedia container\0F", LaneFault.StreamUnreadable)]
    [InlineData("nut/multimedia container\0N1234567\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", LaneFault.StreamUnreadable)]
    public void What_is_no_such_stream_is_refused(string bytes, LaneFault expected)
    {
        var reader = new NutReader(new MemoryStream([.. bytes.Select(c => (byte)c)]));
        Assert.Equal(expected, Assert.Throws<LaneFaultException>(() => reader.ReadStart()).Fault);
    }

    [Fact]
    public void Damage_of_any_kind_gives_a_named_fault_or_an_end_and_never_anything_else()
    {
        var damage = Gen.Select(Gen.Int[0, Recording.Length - 1], Gen.Byte);
        Gen.Select(damage.Array[0, 6], Gen.Int[0, Recording.Length]).Sample(
            (damages, length) =>
            {
                var bytes = Recording[..length];
                foreach (var (at, value) in damages.Where(d => d.Item1 < length))
                {
                    bytes[at] = value;
                }

                ReadAll(bytes);
            },
            iter: 20_000);
    }

    /// <summary>Damage that once ended in a division by zero and in a slice beyond the packet.</summary>
    [Fact]
    public void Damage_found_before_is_a_named_fault()
    {
        Read([(40, 0)], 1182);
        Read([(118, 10), (33, 109), (156, 57)], 515);
        Read([(118, 10)], 270);

        static void Read((int At, byte Value)[] damages, int length)
        {
            var bytes = Recording[..length];
            foreach (var (at, value) in damages)
            {
                bytes[at] = value;
            }

            ReadAll(bytes);
        }
    }

    [Fact]
    public void A_picture_costs_no_allocation()
    {
        using var endless = new Endless(Recording, from: Recording.AsSpan().IndexOf("NK"u8));
        var reader = new NutReader(endless);
        reader.ReadStart();
        var samples = new byte[PictureBytes];
        Read(10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(1000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Read(int count)
        {
            for (var i = 0; i < count; i++)
            {
                reader.TryReadHeader(out _);
                reader.ReadPicture(samples);
            }
        }
    }

    private static void ReadAll(byte[] bytes)
    {
        try
        {
            var reader = new NutReader(new MemoryStream(bytes));
            var samples = new byte[reader.ReadStart().Bytes];
            while (reader.TryReadHeader(out _))
            {
                reader.ReadPicture(samples);
            }
        }
        catch (Exception e) when (e is LaneFaultException or EndOfStreamException)
        {
            // What the decoder process turns into a fault.
        }
    }

    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }

    /// <summary>The recording, then its pictures again and again.</summary>
    private sealed class Endless(byte[] bytes, int from) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer)
        {
            if (Position == Length)
            {
                Position = from;
            }

            return base.Read(buffer);
        }
    }
}
