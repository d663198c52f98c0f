using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Dashiban.Vision.Models;

namespace Dashiban.Vision.Imaging;

/// <summary>
/// Turns a board's Y, U and V into a network's input: colour conversion, clipping to 0 to 255 and normalisation in one pass,
/// eight pixels at a time where the processor can.
/// </summary>
internal static class TensorFill
{
    /// <summary>Writes the three channels one after the other; <paramref name="tensor"/> holds three times the board's pixels.</summary>
    public static void Fill(PlaneBoard board, PictureColour colour, ModelInput input, Span<float> tensor) =>
        Fill(board.Samples(0), board.Samples(1), board.Samples(2), ColourMatrix.Of(colour), Normalisation.Of(input), tensor);

    internal static void Fill(
        ReadOnlySpan<byte> luma, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, ColourMatrix colour, Normalisation by, Span<float> tensor)
    {
        var pixels = luma.Length;
        if (u.Length != pixels || v.Length != pixels || tensor.Length != pixels * 3)
        {
            throw new ArgumentException($"Planes of {pixels}, {u.Length} and {v.Length} samples do not fill a tensor of {tensor.Length}.", nameof(tensor));
        }

        var red = tensor.Slice(by.RedChannel * pixels, pixels);
        var green = tensor.Slice(pixels, pixels);
        var blue = tensor.Slice((2 - by.RedChannel) * pixels, pixels);
        var done = Vector256.IsHardwareAccelerated ? FillEights(luma, u, v, colour, by, red, green, blue) : 0;
        for (var i = done; i < pixels; i++)
        {
            var y = (luma[i] - colour.LumaOffset) * colour.LumaScale;
            float uu = u[i] - 128, vv = v[i] - 128;
            red[i] = (Math.Clamp(y + (colour.RedV * vv), 0, 255) * by.RedScale) + by.RedShift;
            green[i] = (Math.Clamp(y - (colour.GreenU * uu) - (colour.GreenV * vv), 0, 255) * by.GreenScale) + by.GreenShift;
            blue[i] = (Math.Clamp(y + (colour.BlueU * uu), 0, 255) * by.BlueScale) + by.BlueShift;
        }
    }

    private static int FillEights(
        ReadOnlySpan<byte> luma, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, ColourMatrix colour, Normalisation by,
        Span<float> red, Span<float> green, Span<float> blue)
    {
        var i = 0;
        for (; i <= luma.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var y = (EightSamples.At(luma, i) - Vector256.Create(colour.LumaOffset)) * colour.LumaScale;
            var uu = EightSamples.At(u, i) - Vector256.Create(128f);
            var vv = EightSamples.At(v, i) - Vector256.Create(128f);
            Store(y + (vv * colour.RedV), by.RedScale, by.RedShift, red, i);
            Store(y - (uu * colour.GreenU) - (vv * colour.GreenV), by.GreenScale, by.GreenShift, green, i);
            Store(y + (uu * colour.BlueU), by.BlueScale, by.BlueShift, blue, i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> level, float scale, float shift, Span<float> channel, int at)
    {
        var clipped = Vector256.Min(Vector256.Max(level, Vector256<float>.Zero), Vector256.Create(255f));
        ((clipped * scale) + Vector256.Create(shift)).StoreUnsafe(ref MemoryMarshal.GetReference(channel), (nuint)at);
    }
}

/// <summary>A manifest's normalisation as one multiplication and one addition per channel, and the place of red (0 or 2).</summary>
internal readonly record struct Normalisation(
    int RedChannel, float RedScale, float RedShift, float GreenScale, float GreenShift, float BlueScale, float BlueShift)
{
    public static Normalisation Of(ModelInput input)
    {
        var red = input.Channels == ChannelOrder.Rgb ? 0 : 2;
        var blue = 2 - red;
        return new(
            red,
            1 / input.Std[red], -input.Mean[red] / input.Std[red],
            1 / input.Std[1], -input.Mean[1] / input.Std[1],
            1 / input.Std[blue], -input.Mean[blue] / input.Std[blue]);
    }
}
