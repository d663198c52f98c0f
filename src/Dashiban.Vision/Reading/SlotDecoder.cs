using Dashiban.Vision.Models;

namespace Dashiban.Vision.Reading;

/// <summary>Takes the text out of the reader's outputs: the surest character of every slot, and the second opinion's path.</summary>
internal sealed class SlotDecoder
{
    private readonly string _alphabet;
    private readonly int _pad;

    public SlotDecoder(TextOutputs outputs)
    {
        _alphabet = outputs.Alphabet;
        _pad = _alphabet.IndexOf(outputs.PadChar, StringComparison.Ordinal);
    }

    /// <summary>Decodes slots of one probability per character of the alphabet; at least as much room as there are slots is needed.</summary>
    /// <param name="probabilities">Slot after slot.</param>
    /// <param name="into">Receives the characters; slots that say "none" are left out.</param>
    /// <param name="weakest">The lowest winning probability over all slots, those that say "none" included.</param>
    /// <returns>How many characters there are.</returns>
    public int Decode(ReadOnlySpan<float> probabilities, Span<CharacterReading> into, out float weakest)
    {
        var count = 0;
        weakest = 1;
        for (var at = 0; at + _alphabet.Length <= probabilities.Length; at += _alphabet.Length)
        {
            var slot = probabilities.Slice(at, _alphabet.Length);
            var best = IndexOfMax(slot);
            weakest = MathF.Min(weakest, slot[best]);
            if (best != _pad)
            {
                into[count++] = new CharacterReading(_alphabet[best], slot[best]);
            }
        }

        return count;
    }

    /// <summary>
    /// Whether the greedy path of connectionist temporal classification (Graves et al. 2006: the surest character of every step,
    /// repeats merged, blanks dropped) spells the same text.
    /// </summary>
    public bool PathSpells(ReadOnlySpan<float> probabilities, ReadOnlySpan<CharacterReading> text)
    {
        int count = 0, last = _pad;
        for (var at = 0; at + _alphabet.Length <= probabilities.Length; at += _alphabet.Length)
        {
            var best = IndexOfMax(probabilities.Slice(at, _alphabet.Length));
            if (best != _pad && best != last)
            {
                if (count == text.Length || _alphabet[best] != text[count].Character)
                {
                    return false;
                }

                count++;
            }

            last = best;
        }

        return count == text.Length;
    }

    private static int IndexOfMax(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }
}
