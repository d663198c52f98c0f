using System.Runtime.Intrinsics;

namespace Dashiban.SyntheticRoad.Painting;

/// <summary>Noise of a camera's sensor on the brightness of every pixel, made once and read from another place in every picture.</summary>
internal sealed class SensorNoise
{
    private const int Period = 1 << 21;

    private readonly byte[] _brighter;
    private readonly byte[] _darker;
    private readonly int _seed;

    /// <param name="deviation">Standard deviation in steps of 8-bit brightness.</param>
    public SensorNoise(int seed, float deviation)
    {
        var chance = new Random(seed);
        _seed = seed;
        (_brighter, _darker) = (new byte[Period], new byte[Period]);
        for (var i = 0; i < Period; i++)
        {
            // Three uniform numbers are normal enough; their sum has deviation 1/2.
            var value = (int)MathF.Round((chance.NextSingle() + chance.NextSingle() + chance.NextSingle() - 1.5f) * 2 * deviation);
            _brighter[i] = (byte)Math.Max(0, value);
            _darker[i] = (byte)Math.Max(0, -value);
        }
    }

    /// <summary>Adds the noise of one picture.</summary>
    public void Add(Span<byte> brightness, int frame)
    {
        var at = (int)((((uint)frame * 2654435761u) + (uint)_seed) % (Period / 2));
        for (var i = 0; i < brightness.Length;)
        {
            var length = Math.Min(brightness.Length - i, Period - at);
            Add(brightness.Slice(i, length), _brighter.AsSpan(at, length), _darker.AsSpan(at, length));
            i += length;
            at = 0;
        }
    }

    private static void Add(Span<byte> brightness, ReadOnlySpan<byte> brighter, ReadOnlySpan<byte> darker)
    {
        var i = 0;
        for (; i + Vector256<byte>.Count <= brightness.Length; i += Vector256<byte>.Count)
        {
            var sum = Vector256.AddSaturate(Vector256.Create<byte>(brightness[i..]), Vector256.Create(brighter[i..]));
            Vector256.SubtractSaturate(sum, Vector256.Create(darker[i..])).CopyTo(brightness[i..]);
        }

        for (; i < brightness.Length; i++)
        {
            brightness[i] = (byte)Math.Clamp(brightness[i] + brighter[i] - darker[i], 0, 255);
        }
    }
}
