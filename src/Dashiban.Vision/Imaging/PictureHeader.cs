using System.Buffers.Binary;

namespace Dashiban.Vision.Imaging;

/// <summary>
/// Kind and size of a picture file from its first bytes, before anything is decoded: a header of a few bytes may promise a picture
/// of many gigabytes. Knows JPEG (ITU-T T.81), PNG (W3C PNG §11.2.2), BMP and WebP (RFC 9649).
/// </summary>
/// <param name="Kind">What the file is.</param>
/// <param name="Width">Pixels, as the header says.</param>
/// <param name="Height">Pixels, as the header says.</param>
/// <param name="IsComplete">False where the end of the file is missing.</param>
internal readonly record struct PictureHeader(PictureKind Kind, long Width, long Height, bool IsComplete)
{
    /// <summary>Reads the header; null where the bytes are none of the known kinds or are damaged before the size is known.</summary>
    public static PictureHeader? Read(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, 0xFF, ..] => Jpeg(file),
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png(file),
        [(byte)'B', (byte)'M', ..] => Bmp(file),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP(file),
        _ => null,
    };

    private static PictureHeader? Jpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 9 < file.Length;)
        {
            if (file[at] != 0xFF)
            {
                return null;
            }

            var marker = file[at + 1];
            if (marker == 0xFF || marker is 0x01 or (>= 0xD0 and <= 0xD7))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            // Start of frame: C0 to CF without the tables C4 (Huffman), C8 (reserved) and CC (arithmetic).
            if (marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC)
            {
                return new(
                    PictureKind.Jpeg,
                    BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]),
                    file[at..].LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0);
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return null;
    }

    private static PictureHeader? Png(ReadOnlySpan<byte> file) => file.Length < 24
        ? null
        : new(
            PictureKind.Png,
            BinaryPrimitives.ReadUInt32BigEndian(file[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(file[20..]),
            file.LastIndexOf("IEND"u8) >= 0);

    private static PictureHeader? Bmp(ReadOnlySpan<byte> file) => file.Length < 26
        ? null
        : new(
            PictureKind.Bmp,
            Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[18..])),
            Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[22..])),
            file.Length >= BinaryPrimitives.ReadUInt32LittleEndian(file[2..]));

    private static PictureHeader? WebP(ReadOnlySpan<byte> file)
    {
        if (file.Length < 30)
        {
            return null;
        }

        var complete = file.Length >= BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L;
        return file[15] switch
        {
            (byte)'X' => new(PictureKind.WebP, 1 + Three(file[24..]), 1 + Three(file[27..]), complete),
            (byte)'L' => new(PictureKind.WebP, 1 + (BinaryPrimitives.ReadUInt32LittleEndian(file[21..]) & 0x3FFF), 1 + ((BinaryPrimitives.ReadUInt32LittleEndian(file[21..]) >> 14) & 0x3FFF), complete),
            (byte)' ' => new(PictureKind.WebP, BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) & 0x3FFF, complete),
            _ => null,
        };
    }

    private static long Three(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}

/// <summary>Kinds of picture files that are read.</summary>
internal enum PictureKind
{
    Jpeg,
    Png,
    Bmp,
    WebP,
}
