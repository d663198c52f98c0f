using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;

namespace Dashiban.Edge.Flagging;

/// <summary>The rules that make sense over one edge's own passages, as the outbox asks for them. Pure but for the history it is handed.</summary>
public static class LocalRules
{
    /// <summary>
    /// The comparison is with what this edge has said so far, so that a change of rules or lists sets it right with the next passage.
    /// </summary>
    public static ExamineArrival Of(RulePack pack)
    {
        var book = pack.Book().Local();
        // An edge sees its own cameras only; what their outages mean for a pattern is the centre's to say.
        var context = pack.Context(new Coverage());
        return (arrived, history) =>
        {
            var key = PlateKey.Of(arrived.Passage.Plate);
            var at = arrived.Passage.CapturedAt;
            var examination = book.Examine(new PlateHistory(history.Passages(key, book.SpanOf(at))), at, context);
            return AlertDiff.Between(history.Standing(key), examination);
        };
    }
}
