namespace Dashiban.Domain.Plates;

/// <summary>
/// The bucket that a plate belongs to: the text without its province, characters that look alike folded into one. Two readings
/// of one vehicle that differ in the province or in O/0 fall into the same bucket. Used for locking, sharding and loading
/// histories, never as identity: a bucket may hold several vehicles.
/// </summary>
public readonly record struct PlateKey
{
    private PlateKey(string value) => Value = value;

    public string Value { get; }

    /// <summary>A stable number of the bucket (FNV-1a over the UTF-8 bytes, folded to 8 bits): the shard in MQTT topics.</summary>
    public byte Shard
    {
        get
        {
            var hash = 2166136261u;
            foreach (var unit in Value)
            {
                hash = (hash ^ (byte)unit) * 16777619u;
                hash = (hash ^ (byte)(unit >> 8)) * 16777619u;
            }

            return (byte)(hash ^ (hash >> 8) ^ (hash >> 16) ^ (hash >> 24));
        }
    }

    public static PlateKey Of(PlateText plate) => new(string.Create(
        Math.Max(0, plate.Value.Length - 1),
        plate.Value,
        static (folded, text) =>
        {
            for (var i = 0; i < folded.Length; i++)
            {
                folded[i] = Fold(text[i + 1]);
            }
        }));

    /// <summary>A bucket as <see cref="Value"/> named it before.</summary>
    public static PlateKey Parse(string value) => new(value);

    public override string ToString() => "***";

    private static char Fold(char character) => character switch
    {
        'O' or 'D' or 'Q' => '0',
        'I' => '1',
        'Z' => '2',
        'S' => '5',
        'G' => '6',
        'B' => '8',
        _ => character,
    };
}
