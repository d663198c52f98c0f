namespace Dashiban.Domain.Passages;

/// <summary>What an edge said of one camera over a stretch of time. Stretches without a fact count as down.</summary>
public sealed record CoverageFact(string Camera, string Site, DateTimeOffset From, DateTimeOffset To, bool Up);

/// <summary>
/// When each camera could see, from heartbeats: "the camera was down" is not "no trip". A set: facts may come in any order and
/// more than once. Belongs to one writer; not safe for use from several threads.
/// </summary>
public sealed class Coverage
{
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
    public double? ShareOf(string site, DateTimeOffset from, DateTimeOffset to)
    {
        double? worst = null;
        foreach (var camera in _cameras.Values)
        {
            if (camera.Site == site && camera.ShareOf(from, to) is { } share && !(share >= worst))
            {
                worst = share;
            }
        }

        return worst;
    }

    /// <summary>Forgets what ended before a moment.</summary>
    public void ForgetBefore(DateTimeOffset time)
    {
        foreach (var camera in _cameras.Values)
        {
            camera.ForgetBefore(time);
        }
    }

    private sealed class Camera(string site)
    {
        private readonly SortedSet<(DateTimeOffset From, DateTimeOffset To)> _up = [];
        private DateTimeOffset _first = DateTimeOffset.MaxValue;
        private DateTimeOffset _last = DateTimeOffset.MinValue;

        public string Site => site;

        public void Add(CoverageFact fact)
        {
            _first = fact.From < _first ? fact.From : _first;
            _last = fact.To > _last ? fact.To : _last;
            if (fact.Up)
            {
                _up.Add((fact.From, fact.To));
            }
        }

        public double? ShareOf(DateTimeOffset from, DateTimeOffset to)
        {
            var start = from > _first ? from : _first;
            var end = to < _last ? to : _last;
            return end > start ? UpTime(start, end) / (end - start) : null;
        }

        public void ForgetBefore(DateTimeOffset time)
        {
            _up.RemoveWhere(stretch => stretch.To <= time);
            _first = _first < time ? time : _first;
        }

        private TimeSpan UpTime(DateTimeOffset start, DateTimeOffset end)
        {
            var sum = TimeSpan.Zero;
            var counted = start;
            foreach (var (upFrom, upTo) in _up)
            {
                if (upFrom >= end)
                {
                    break;
                }

                var begin = upFrom > counted ? upFrom : counted;
                var finish = upTo < end ? upTo : end;
                if (finish > begin)
                {
                    sum += finish - begin;
                    counted = finish;
                }
            }

            return sum;
        }
    }
}
