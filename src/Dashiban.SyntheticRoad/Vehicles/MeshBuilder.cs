using System.Numerics;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>Collects grids of vertices into one mesh; normals are smooth inside a grid and sharp between grids.</summary>
internal sealed class MeshBuilder
{
    private readonly List<Vector3> _positions = [];
    private readonly List<Vector3> _normals = [];
    private readonly List<MeshTriangle> _triangles = [];

    /// <summary>
    /// Adds a grid, row by row; its outside is where rows run downwards and columns to the right.
    /// </summary>
    public void AddGrid(int rows, int columns, Func<int, int, Vector3> at, Skin skin)
    {
        var first = _positions.Count;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                _positions.Add(at(row, column));
                _normals.Add(Vector3.Zero);
            }
        }

        for (var row = 0; row + 1 < rows; row++)
        {
            for (var column = 0; column + 1 < columns; column++)
            {
                var corner = first + (row * columns) + column;
                AddTriangle(corner, corner + columns, corner + 1, skin);
                AddTriangle(corner + 1, corner + columns, corner + columns + 1, skin);
            }
        }
    }

    /// <summary>Adds a box without its bottom, cut into pieces small enough to be dropped one by one behind the camera; <paramref name="rear"/> is the skin of its rear where that differs.</summary>
    public void AddBox(Vector3 low, Vector3 high, Skin skin, Skin? rear = null)
    {
        var size = high - low;
        AddPanel(new(high.X, low.Y, high.Z), new(0, size.Y, 0), new(0, 0, -size.Z), skin);
        AddPanel(new(low.X, high.Y, high.Z), new(0, -size.Y, 0), new(0, 0, -size.Z), rear ?? skin);
        AddPanel(high, new(-size.X, 0, 0), new(0, 0, -size.Z), skin);
        AddPanel(new(low.X, low.Y, high.Z), new(size.X, 0, 0), new(0, 0, -size.Z), skin);
        AddPanel(high, new(0, -size.Y, 0), new(-size.X, 0, 0), skin);
    }

    /// <summary>Adds a flat panel from its top left corner, seen from outside.</summary>
    public void AddPanel(Vector3 topLeft, Vector3 toRight, Vector3 toBottom, Skin skin)
    {
        var columns = 2 + (int)(toRight.Length() / 0.6f);
        var rows = 2 + (int)(toBottom.Length() / 0.6f);
        AddGrid(rows, columns, (row, column) => topLeft + (toRight * column / (columns - 1)) + (toBottom * row / (rows - 1)), skin);
    }

    /// <summary>Adds a wheel standing on the road: tread and outer face. <paramref name="outer"/> is the y of its outer face.</summary>
    public void AddWheel(float x, float outer, float radius, float width)
    {
        const int Steps = 24;
        var side = MathF.Sign(outer);
        Vector3 Rim(int step, float r, float y)
        {
            var (sin, cos) = MathF.SinCos(step * MathF.Tau / Steps * side);
            return new Vector3(x + (sin * r), y, radius + (cos * r));
        }

        AddGrid(2, Steps + 1, (row, step) => Rim(-step, radius, outer - (side * row * width)), Skin.Tyre);
        AddGrid(2, Steps + 1, (row, step) => Rim(-step, radius * (row == 0 ? 0.02f : 1), outer), Skin.Tyre);
        AddGrid(2, Steps + 1, (row, step) => Rim(-step, radius * (row == 0 ? 0.02f : 0.62f), outer + (side * 0.012f)), Skin.Trim);
    }

    public VehicleMesh Build()
    {
        foreach (var triangle in _triangles)
        {
            var area = Cross(triangle.A, triangle.B, triangle.C);
            _normals[triangle.A] += area;
            _normals[triangle.B] += area;
            _normals[triangle.C] += area;
        }

        var vertices = _positions.Zip(_normals, (position, normal) => new MeshVertex(position, normal == Vector3.Zero ? Vector3.UnitZ : Vector3.Normalize(normal)));
        return new VehicleMesh([.. vertices], [.. _triangles]);
    }

    private void AddTriangle(int a, int b, int c, Skin skin)
    {
        var area = Cross(a, b, c);
        if (area.LengthSquared() < 1e-12f)
        {
            return;
        }

        _triangles.Add(new MeshTriangle(a, b, c, skin));
    }

    private Vector3 Cross(int a, int b, int c) => Vector3.Cross(_positions[b] - _positions[a], _positions[c] - _positions[a]);
}
