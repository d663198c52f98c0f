namespace Dashiban.Domain.Passages;

/// <summary>What an edge said of one camera over a stretch of time. Stretches without a fact count as down.</summary>
public sealed record CoverageFact(string Camera, string Site, DateTimeOffset From, DateTimeOffset To, bool Up);

/// <summary>
/// When each camera could see, from heartbeats: "the camera was down" is not "no trip". A set: facts may come in any order and
/// more than once. Belongs to one writer; not safe for use from several threads.
/// </summary>
public sealed class Coverage
{
    /// <summary>Less knowledge than this says nothing: a camera that was just switched on has always been down for a moment.</summary>
    private static readonly TimeSpan LeastKnown = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Camera> _cameras = [];

    public void Add(CoverageFact fact)
    {
        if (!_cameras.TryGetValue(fact.Camera, out var camera))
        {
            _cameras[fact.Camera] = camera = new Camera(fact.Site);
        }

        camera.Add(fact);
    }

    /// <summary>
    /// Share (0 to 1) of a stretch in which the worst camera of a site could see. A camera is expected from its first fact to its
    /// newest one; null where no camera of the site was expected during the stretch, which is "not known", not "down".
    /// </summary>
    public double? ShareOf(string site, DateTimeOffset from, DateTimeOffset to) => _cameras.Values
        .Where(c => c.Site == site)
        .Min(c => c.ShareOf(from.UtcTicks, to.UtcTicks));

    private sealed class Camera(string site)
    {
        private readonly SpanSet _up = new();
        private long _first = long.MaxValue;
        private long _last = long.MinValue;

        public string Site => site;

        public void Add(CoverageFact fact)
        {
            _first = Math.Min(_first, fact.From.UtcTicks);
            _last = Math.Max(_last, fact.To.UtcTicks);
            if (fact.Up)
            {
                _up.Add(fact.From.UtcTicks, fact.To.UtcTicks);
            }
        }

        public double? ShareOf(long from, long to)
        {
            var start = Math.Max(from, _first);
            var end = Math.Min(to, _last);
            return end - start >= LeastKnown.Ticks ? (double)_up.Count(start, end) / (end - start) : null;
        }
    }
}
