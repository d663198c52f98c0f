using SkiaSharp;

namespace Dashiban.SyntheticRoad.Scenery;

/// <summary>Repeating pictures of ground: asphalt, grass, paving, and the faint large patches that hide the repetition.</summary>
internal static class Surfaces
{
    private const int Size = 512;

    public static SKBitmap Asphalt(Random chance)
    {
        var grain = Noise(chance, Size, 2);
        var stones = Noise(chance, Size, 1);
        return Paint(Size, i =>
        {
            var tone = 98 + (grain[i] * 16) + (stones[i] > 1.9f ? 34 : stones[i] < -1.9f ? -26 : stones[i] * 7);
            return Opaque(tone, tone, tone + 1);
        });
    }

    public static SKBitmap Grass(Random chance)
    {
        var clumps = Noise(chance, Size, 9);
        var blades = Noise(chance, Size, 2);
        return Paint(Size, i =>
        {
            var tone = (clumps[i] * 13) + (blades[i] * 17);
            return Opaque(88 + tone + (clumps[i] * 5), 108 + tone, 58 + (tone * 0.6f));
        });
    }

    /// <summary>Grey paving of 0.4 m (32 pixels) with joints.</summary>
    public static SKBitmap Tiles(Random chance)
    {
        var grain = Noise(chance, Size, 2);
        var tones = Enumerable.Range(0, 32 * 32).Select(_ => chance.Next(-9, 9)).ToArray();
        return Paint(Size, i =>
        {
            var (x, y) = (i % Size, i / Size);
            var isJoint = x % 32 == 0 || y % 32 == 0;
            var tone = (isJoint ? 96 : 142 + tones[(y / 32 * 32) + (x / 32)]) + (grain[i] * 7);
            return Opaque(tone + 3, tone, tone - 3);
        });
    }

    /// <summary>Transparent black and white clouds; strength is the largest coverage.</summary>
    public static SKBitmap Patches(Random chance, int strength)
    {
        const int Small = 256;
        var coarse = Noise(chance, Small, 40);
        var fine = Noise(chance, Small, 10);
        return Paint(Small, i =>
        {
            var value = Math.Clamp(((coarse[i] * 0.8f) + (fine[i] * 0.45f)) / 2.4f, -1, 1);
            var alpha = (byte)(MathF.Abs(value) * strength);
            var tone = value > 0 ? alpha : (byte)0;
            return (uint)(tone | (tone << 8) | (tone << 16) | (alpha << 24));
        });
    }

    /// <summary>Repeating normal noise, smoothed over about <paramref name="grain"/> pixels, of unit variance.</summary>
    private static float[] Noise(Random chance, int size, int grain)
    {
        var noise = new float[size * size];
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = chance.NextSingle() + chance.NextSingle() + chance.NextSingle() - 1.5f;
        }

        for (var pass = 0; pass < 2 && grain > 1; pass++)
        {
            noise = Smooth(Smooth(noise, size, grain, 1), size, grain, size);
        }

        var power = 0f;
        foreach (var value in noise)
        {
            power += value * value;
        }

        var scale = MathF.Sqrt(noise.Length / power);
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] *= scale;
        }

        return noise;
    }

    /// <summary>Running mean along one direction, wrapping round.</summary>
    private static float[] Smooth(float[] noise, int size, int grain, int stride)
    {
        var smooth = new float[noise.Length];
        var across = stride == 1 ? size : 1;
        for (var line = 0; line < size; line++)
        {
            var sum = 0f;
            for (var i = 0; i < grain; i++)
            {
                sum += noise[(line * across) + (i * stride)];
            }

            for (var i = 0; i < size; i++)
            {
                smooth[(line * across) + (i * stride)] = sum;
                sum += noise[(line * across) + ((i + grain) % size * stride)] - noise[(line * across) + (i * stride)];
            }
        }

        return smooth;
    }

    private static SKBitmap Paint(int size, Func<int, uint> at)
    {
        var picture = new SKBitmap(new SKImageInfo(size, size, SKColorType.Rgba8888, SKAlphaType.Premul));
        var pixels = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(picture.GetPixelSpan());
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = at(i);
        }

        return picture;
    }

    private static uint Opaque(float red, float green, float blue) =>
        (uint)Math.Clamp(red, 0, 255) | ((uint)Math.Clamp(green, 0, 255) << 8) | ((uint)Math.Clamp(blue, 0, 255) << 16) | 0xFF000000;
}
