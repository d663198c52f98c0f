using Dashiban.Domain.Passages;
using Dashiban.Messaging;

namespace Dashiban.History;

/// <summary>Passages as JSON lines: one payload of the wire (<c>passage.v1</c>) per line. Outbox and sequence of a line are not used.</summary>
internal static class PassageFile
{
    /// <summary>The passages in the order of the file.</summary>
    /// <exception cref="InvalidDataException">A line is no passage; the message names the line and the reason.</exception>
    public static IEnumerable<Passage> Read(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!WireMapping.TryReadPassage(System.Text.Encoding.UTF8.GetBytes(line), out var passage, out var refusal))
            {
                throw new InvalidDataException($"{path}:{number}: {refusal.Reason}");
            }

            yield return passage.Passage;
        }
    }
}
