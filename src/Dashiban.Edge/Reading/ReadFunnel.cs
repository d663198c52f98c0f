using Dashiban.Edge.Voting;

namespace Dashiban.Edge.Reading;

/// <summary>
/// How many plates get how far, and why the others do not. The first three steps count looks (one plate in one frame), the last
/// three count vehicles. Safe from several threads.
/// </summary>
internal sealed class ReadFunnel
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _rejected = [];
    private long _detected;
    private long _cropped;
    private long _read;
    private long _tracks;
    private long _valid;
    private long _voted;

    /// <summary>Candidates of the first look.</summary>
    public void Detected(int plates) => Interlocked.Add(ref _detected, plates);

    /// <summary>Plates that the second look confirmed and cut out.</summary>
    public void Cropped() => Interlocked.Increment(ref _cropped);

    /// <summary>Crops in which at least one character was read.</summary>
    public void Read() => Interlocked.Increment(ref _read);

    /// <summary>A vehicle left the view, and this is what its looks gave.</summary>
    public void Closed(VoteOutcome vote)
    {
        Interlocked.Increment(ref _tracks);
        if (vote.Judgement.IsValid)
        {
            Interlocked.Increment(ref _valid);
        }

        if (vote.IsAccepted)
        {
            Interlocked.Increment(ref _voted);
        }
        else
        {
            Reject(vote.Rejection == VoteRejection.Grammar ? $"{vote.Rejection}:{vote.Judgement.Rejection}" : vote.Rejection.ToString());
        }
    }

    /// <summary>All steps by name, and every reason as <c>Rejected:Reason</c>.</summary>
    public IReadOnlyDictionary<string, long> ByName()
    {
        lock (_lock)
        {
            var steps = new Dictionary<string, long>
            {
                ["Detected"] = Interlocked.Read(ref _detected),
                ["Cropped"] = Interlocked.Read(ref _cropped),
                ["Read"] = Interlocked.Read(ref _read),
                ["Tracks"] = Interlocked.Read(ref _tracks),
                ["Valid"] = Interlocked.Read(ref _valid),
                ["Voted"] = Interlocked.Read(ref _voted),
            };
            foreach (var (reason, count) in _rejected)
            {
                steps[$"Rejected:{reason}"] = count;
            }

            return steps;
        }
    }

    private void Reject(string reason)
    {
        lock (_lock)
        {
            _rejected[reason] = _rejected.GetValueOrDefault(reason) + 1;
        }
    }
}
