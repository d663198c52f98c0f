namespace Dashiban.Edge.Tracking;

/// <summary>
/// Pairs rows and columns so that the sum of gains is the highest possible (Kuhn's Hungarian method with potentials, O(n²m)).
/// Buffers are kept between calls; not safe for several threads.
/// </summary>
internal sealed class Assignment
{
    private double[] _rowPotential = [];
    private double[] _columnPotential = [];
    private double[] _slack = [];
    private int[] _rowOfColumn = [];
    private int[] _previous = [];
    private bool[] _visited = [];

    /// <summary>Finds the best pairing.</summary>
    /// <param name="gains">Row by row; 0 or less where a pair is not allowed. No gain, no pair.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="columnOfRow">Receives the column of each row, −1 where it stays alone.</param>
    public void Solve(ReadOnlySpan<double> gains, int rows, int columns, Span<int> columnOfRow)
    {
        columnOfRow[..rows].Fill(-1);
        if (rows == 0 || columns == 0)
        {
            return;
        }

        // The method wants at least as many columns as rows; the smaller side takes the part of the rows.
        var transposed = rows > columns;
        var small = transposed ? columns : rows;
        var large = transposed ? rows : columns;
        Prepare(small, large);
        for (var row = 1; row <= small; row++)
        {
            Augment(gains, row, large, columns, transposed);
        }

        for (var column = 1; column <= large; column++)
        {
            if (_rowOfColumn[column] == 0)
            {
                continue;
            }

            var (row, chosen) = transposed ? (column - 1, _rowOfColumn[column] - 1) : (_rowOfColumn[column] - 1, column - 1);
            if (gains[(row * columns) + chosen] > 0)
            {
                columnOfRow[row] = chosen;
            }
        }
    }

    /// <summary>Finds the cheapest augmenting path from one more row and flips it. Row and column 0 are sentinels.</summary>
    private void Augment(ReadOnlySpan<double> gains, int start, int large, int columns, bool transposed)
    {
        _rowOfColumn[0] = start;
        _slack.AsSpan(0, large + 1).Fill(double.PositiveInfinity);
        _visited.AsSpan(0, large + 1).Clear();
        var column = 0;
        do
        {
            _visited[column] = true;
            var row = _rowOfColumn[column];
            var step = double.PositiveInfinity;
            var next = 0;
            for (var j = 1; j <= large; j++)
            {
                if (_visited[j])
                {
                    continue;
                }

                var gain = transposed ? gains[((j - 1) * columns) + row - 1] : gains[((row - 1) * columns) + j - 1];
                var reduced = -Math.Max(0, gain) - _rowPotential[row] - _columnPotential[j];
                if (reduced < _slack[j])
                {
                    _slack[j] = reduced;
                    _previous[j] = column;
                }

                if (_slack[j] < step)
                {
                    step = _slack[j];
                    next = j;
                }
            }

            for (var j = 0; j <= large; j++)
            {
                if (_visited[j])
                {
                    _rowPotential[_rowOfColumn[j]] += step;
                    _columnPotential[j] -= step;
                }
                else
                {
                    _slack[j] -= step;
                }
            }

            column = next;
        }
        while (_rowOfColumn[column] != 0);

        while (column != 0)
        {
            _rowOfColumn[column] = _rowOfColumn[_previous[column]];
            column = _previous[column];
        }
    }

    private void Prepare(int small, int large)
    {
        if (_rowPotential.Length <= small)
        {
            _rowPotential = new double[(small + 1) * 2];
        }

        if (_columnPotential.Length <= large)
        {
            var size = (large + 1) * 2;
            _columnPotential = new double[size];
            _slack = new double[size];
            _rowOfColumn = new int[size];
            _previous = new int[size];
            _visited = new bool[size];
        }

        _rowPotential.AsSpan(0, small + 1).Clear();
        _columnPotential.AsSpan(0, large + 1).Clear();
        _rowOfColumn.AsSpan(0, large + 1).Clear();
    }
}
