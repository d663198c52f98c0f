using CsCheck;
using Dashiban.Edge.Tracking;

namespace Dashiban.Tests.Tracking;

public sealed class AssignmentTests
{
    private static readonly Gen<(int Rows, int Columns, double[] Gains)> Tables =
        from rows in Gen.Int[0, 5]
        from columns in Gen.Int[0, 5]
        from gains in Gen.Frequency((1, Gen.Const(0.0)), (1, Gen.Const(-1.0)), (3, Gen.Double[0.01, 3])).Array[rows * columns]
        select (rows, columns, gains);

    [Fact]
    public void The_pairing_gains_as_much_as_the_best_of_all_pairings()
    {
        Tables.Sample(
            table =>
            {
                // Twice with one instance: what the first pairing left in the buffers must not matter.
                var assignment = new Assignment();
                assignment.Solve([1, 2, 3, 4, 5, 6], 2, 3, new int[2]);
                var columnOfRow = new int[table.Rows];
                assignment.Solve(table.Gains, table.Rows, table.Columns, columnOfRow);
                var gained = 0.0;
                for (var row = 0; row < table.Rows; row++)
                {
                    if (columnOfRow[row] >= 0)
                    {
                        var gain = table.Gains[(row * table.Columns) + columnOfRow[row]];
                        Assert.True(gain > 0, "A pair that is not allowed was made.");
                        gained += gain;
                    }
                }

                var used = columnOfRow.Where(c => c >= 0).ToList();
                Assert.Equal(used.Count, used.Distinct().Count());
                Assert.Equal(BestOfAll(table.Gains, 0, table.Rows, table.Columns, 0), gained, 9);
            },
            iter: 5000);
    }

    /// <summary>The naive twin: every row tries to stay alone and every free column.</summary>
    private static double BestOfAll(double[] gains, int row, int rows, int columns, int taken)
    {
        if (row == rows)
        {
            return 0;
        }

        var best = BestOfAll(gains, row + 1, rows, columns, taken);
        for (var column = 0; column < columns; column++)
        {
            var gain = gains[(row * columns) + column];
            if (gain > 0 && (taken & (1 << column)) == 0)
            {
                best = Math.Max(best, gain + BestOfAll(gains, row + 1, rows, columns, taken | (1 << column)));
            }
        }

        return best;
    }
}
