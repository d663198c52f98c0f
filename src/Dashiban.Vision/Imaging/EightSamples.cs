using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dashiban.Vision.Imaging;

/// <summary>Eight samples of a plane as numbers, for loops that take eight pixels at a time.</summary>
internal static class EightSamples
{
    /// <summary>The samples from <paramref name="at"/> on. The caller has checked that there are eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> At(ReadOnlySpan<byte> samples, int at)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(samples), at);
        var eight = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref first)).AsByte());
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(eight), Vector128.WidenUpper(eight)).AsInt32());
    }
}
