using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Rules;

namespace Dashiban.Correlator.Register;

/// <summary>
/// The decisions of a register, without its storage: which changes a passage, a coverage fact or a new pack causes. Belongs to the
/// register's one writer.
/// </summary>
internal sealed class Examiner
{
    private RuleContext _context;

    public Examiner(RulePack pack)
    {
        Coverage = new Coverage();
        Pack = pack;
        Book = pack.Book();
        _context = pack.Context(Coverage);
    }

    public Coverage Coverage { get; }

    public RulePack Pack { get; private set; }

    public RuleBook Book { get; private set; }

    public void Adopt(RulePack pack)
    {
        Pack = pack;
        Book = pack.Book();
        _context = pack.Context(Coverage);
    }

    /// <summary>
    /// Changes around some moments. The comparison is with what stands in the journal and not with what the rules would have said a
    /// moment ago: so the journal is right again after a change of rules, lists or coverage.
    /// </summary>
    public IReadOnlyList<AlertChange> Judge(IEnumerable<RecordedPassage> bucket, IEnumerable<Finding> standing, params IReadOnlyCollection<DateTimeOffset> times) =>
        AlertDiff.Between(standing, Book.Examine(new PlateHistory(bucket), times, _context));
}
