using System.Buffers.Binary;
using System.Text;

namespace Dashiban.Testing.Vision;

/// <summary>
/// Writes small ONNX files: protocol buffer fields by their numbers in onnx.proto3 (ONNX 1.8, IR version 7, operator set 13).
/// One input, and outputs that are affine in the mean of its three channels.
/// </summary>
public sealed class OnnxFile(string input, long[] inputDimensions)
{
    private const int FloatType = 1;
    private const int Int64Type = 7;

    private readonly Message _graph = new();
    private readonly Message _outputs = new();

    /// <summary>Adds an output of these dimensions (-1 for the batch).</summary>
    /// <param name="bias">Values of one item of the batch.</param>
    /// <param name="softmax">Whether the last dimension becomes probabilities.</param>
    /// <param name="weights">Per channel, what its mean adds to each value; none if left out.</param>
    public OnnxFile Affine(string name, long[] dimensions, float[] bias, bool softmax = false, float[][]? weights = null)
    {
        var zeros = new float[bias.Length];
        _graph.Field(5, Floats($"{name}-w", [3, bias.Length], [.. (weights ?? [zeros, zeros, zeros]).SelectMany(row => row)]));
        _graph.Field(5, Floats($"{name}-b", [bias.Length], bias));
        _graph.Field(5, Longs($"{name}-shape", dimensions));
        _graph.Field(1, Node("GlobalAveragePool", [input], $"{name}-mean"));
        _graph.Field(1, Node("Flatten", [$"{name}-mean"], $"{name}-flat"));
        _graph.Field(1, Node("Gemm", [$"{name}-flat", $"{name}-w", $"{name}-b"], $"{name}-values"));
        _graph.Field(1, Node("Reshape", [$"{name}-values", $"{name}-shape"], softmax ? $"{name}-logits" : name));
        if (softmax)
        {
            _graph.Field(1, Node("Softmax", [$"{name}-logits"], name));
        }

        _outputs.Field(12, Value(name, dimensions));
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        var graph = new Message().Append(_graph).Field(2, "tiny").Field(11, Value(input, inputDimensions)).Append(_outputs);
        return new Message().Field(1, 7).Field(7, graph).Field(8, new Message().Field(1, string.Empty).Field(2, 13)).ToBytes();
    }

    private static Message Node(string operation, string[] inputs, string output)
    {
        var node = new Message();
        foreach (var name in inputs)
        {
            node.Field(1, name);
        }

        return node.Field(2, output).Field(4, operation);
    }

    private static Message Floats(string name, long[] dimensions, float[] values)
    {
        var raw = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), values[i]);
        }

        return Tensor(name, dimensions, FloatType, raw);
    }

    private static Message Longs(string name, long[] values)
    {
        var raw = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(i * sizeof(long)), values[i]);
        }

        return Tensor(name, [values.Length], Int64Type, raw);
    }

    private static Message Tensor(string name, long[] dimensions, int type, byte[] raw)
    {
        var tensor = new Message();
        foreach (var dimension in dimensions)
        {
            tensor.Field(1, dimension);
        }

        return tensor.Field(2, type).Field(8, name).Field(9, raw);
    }

    private static Message Value(string name, long[] dimensions)
    {
        var shape = new Message();
        foreach (var dimension in dimensions)
        {
            shape.Field(1, dimension < 0 ? new Message().Field(2, "n") : new Message().Field(1, dimension));
        }

        return new Message().Field(1, name).Field(2, new Message().Field(1, new Message().Field(1, FloatType).Field(2, shape)));
    }

    /// <summary>A protocol buffer message under construction.</summary>
    private sealed class Message
    {
        private readonly List<byte> _bytes = [];

        public Message Field(int number, long value)
        {
            Varint((ulong)number << 3);
            Varint((ulong)value);
            return this;
        }

        public Message Field(int number, byte[] value)
        {
            Varint(((ulong)number << 3) | 2);
            Varint((ulong)value.Length);
            _bytes.AddRange(value);
            return this;
        }

        public Message Field(int number, string value) => Field(number, Encoding.UTF8.GetBytes(value));

        public Message Field(int number, Message value) => Field(number, value.ToBytes());

        public Message Append(Message other)
        {
            _bytes.AddRange(other._bytes);
            return this;
        }

        public byte[] ToBytes() => [.. _bytes];

        private void Varint(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
            {
                _bytes.Add((byte)(value | 0x80));
            }

            _bytes.Add((byte)value);
        }
    }
}
