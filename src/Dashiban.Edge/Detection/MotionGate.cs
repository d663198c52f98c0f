namespace Dashiban.Edge.Detection;

/// <summary>
/// Decides from a thumbnail of the brightness whether a picture is worth a look. Pure: pictures and times come in, an answer goes
/// out. One per session, asked by one thread; <see cref="SawVehicle"/> may come from another. Allocates nothing per picture.
/// </summary>
/// <remarks>
/// The thumbnail's cells are compared with a background that follows the scene slowly, so that a vehicle far away, which moves
/// little from one picture to the next, still stands out. While vehicles are seen the gate stays open: what stands still is not
/// gone.
/// </remarks>
internal sealed class MotionGate(MotionOptions options)
{
    private const int Columns = 96;
    private const int Rows = 54;
    private const int SampledRowsPerCell = 4;
    private const int FollowShift = 4; // the background takes over 1/16 of a difference with each picture
    private const int Scale = 16; // cells are kept in sixteenths, or slow changes would be rounded away

    private readonly int[] _background = new int[Columns * Rows];
    private readonly int[] _now = new int[Columns * Rows];
    private DateTimeOffset _lastLook = DateTimeOffset.MinValue;
    private long _lastVehicleTicks;
    private bool _hasBackground;

    /// <summary>True where the picture is worth a look.</summary>
    /// <param name="luma">Brightness samples, row by row.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="at">When the picture was taken.</param>
    public bool Opens(ReadOnlySpan<byte> luma, int width, DateTimeOffset at)
    {
        if (!options.SkipEmptyRoad)
        {
            return true;
        }

        var moves = Moves(luma, width);
        var sinceVehicle = at.UtcTicks - Interlocked.Read(ref _lastVehicleTicks);
        if (!moves && sinceVehicle > options.HoldAfterVehicle.Ticks && at - _lastLook < options.LookAgain)
        {
            return false;
        }

        _lastLook = at;
        return true;
    }

    /// <summary>The second look confirmed a vehicle in a picture taken then; candidates of the first look are too many to count.</summary>
    public void SawVehicle(DateTimeOffset at) => Interlocked.Exchange(ref _lastVehicleTicks, at.UtcTicks);

    private bool Moves(ReadOnlySpan<byte> luma, int width)
    {
        Shrink(luma, width);
        if (!_hasBackground)
        {
            _hasBackground = true;
            _now.CopyTo(_background, 0);
            return true;
        }

        var changed = 0;
        for (var i = 0; i < _now.Length; i++)
        {
            var difference = _now[i] - _background[i];
            changed += Math.Abs(difference) > options.Threshold * Scale ? 1 : 0;
            _background[i] += difference >> FollowShift;
        }

        return changed >= options.ChangedShare * _now.Length;
    }

    /// <summary>Mean brightness of each cell over a few of its rows, in sixteenths.</summary>
    private void Shrink(ReadOnlySpan<byte> luma, int width)
    {
        var height = luma.Length / width;
        for (var row = 0; row < Rows; row++)
        {
            var top = row * height / Rows;
            var bottom = Math.Max(top + 1, (row + 1) * height / Rows);
            var step = Math.Max(1, (bottom - top) / SampledRowsPerCell);
            for (var column = 0; column < Columns; column++)
            {
                var left = column * width / Columns;
                var right = Math.Max(left + 1, (column + 1) * width / Columns);
                _now[(row * Columns) + column] = Mean(luma, width, left, right, top, bottom, step);
            }
        }
    }

    private static int Mean(ReadOnlySpan<byte> luma, int width, int left, int right, int top, int bottom, int step)
    {
        int sum = 0, count = 0;
        for (var y = top; y < bottom; y += step)
        {
            foreach (var sample in luma.Slice((y * width) + left, right - left))
            {
                sum += sample;
            }

            count += right - left;
        }

        return sum * Scale / count;
    }
}
