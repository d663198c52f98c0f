using System.Numerics;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Vehicles;

namespace Dashiban.SyntheticRoad.Painting;

/// <summary>
/// Draws meshes on a <see cref="Layer"/>: perspective-correct, with depth, shaded per pixel. One per thread; holds the
/// buffers of projected vertices so that drawing allocates nothing.
/// </summary>
internal sealed class Rasteriser(RoadCamera camera, Lighting lighting, Layer layer)
{
    private const float NearestDepth = 1.5f;

    private readonly SkinMap[] _maps = new SkinMap[(int)Skin.RearPlate + 1];
    private Vector4[] _places = [];
    private Vector4[] _normals = [];
    private Vector3[] _screen = [];

    public void Draw(VehicleMesh mesh, SkinPicture?[] skins, VehiclePose pose)
    {
        Project(mesh, pose);
        var towardsCamera = Vector3.Normalize(camera.Position - pose.Middle);
        var surface = new Surface(lighting, towardsCamera, Lighting.FillAt((camera.Position - pose.Middle).Length()), pose, _maps);
        var scale = camera.PixelsPerMetre(pose.Middle);
        for (var i = 0; i < skins.Length; i++)
        {
            _maps[i] = skins[i] is { } skin ? SkinMap.Of((Skin)i, skin, scale) : default;
        }

        foreach (var triangle in mesh.Triangles)
        {
            Draw(triangle, surface);
        }
    }

    private void Project(VehicleMesh mesh, VehiclePose pose)
    {
        if (_screen.Length < mesh.Vertices.Length)
        {
            _places = new Vector4[mesh.Vertices.Length];
            _normals = new Vector4[mesh.Vertices.Length];
            _screen = new Vector3[mesh.Vertices.Length];
        }

        for (var i = 0; i < mesh.Vertices.Length; i++)
        {
            var vertex = mesh.Vertices[i];
            var screen = camera.Project(pose.ToWorld(vertex.Position));
            var nearness = 1 / screen.Z;
            _screen[i] = screen;

            // Divided by depth, these run linearly over the screen.
            _places[i] = new Vector4(vertex.Position, 1) * nearness;
            _normals[i] = new Vector4(pose.Turn(vertex.Normal), 0) * nearness;
        }
    }

    private void Draw(MeshTriangle triangle, Surface surface)
    {
        var (a, b, c) = (_screen[triangle.A], _screen[triangle.B], _screen[triangle.C]);
        if (a.Z < NearestDepth || b.Z < NearestDepth || c.Z < NearestDepth)
        {
            return;
        }

        // What is counter-clockwise from outside turns the other way in a picture whose y grows downwards.
        var area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
        var isThin = triangle.Skin is Skin.Tyre or Skin.Trim;
        if (MathF.Abs(area) < 1e-4f || (area > 0 && !isThin))
        {
            return;
        }

        var left = Math.Max(0, (int)MathF.Floor(MathF.Min(a.X, MathF.Min(b.X, c.X))));
        var right = Math.Min(layer.Width - 1, (int)MathF.Ceiling(MathF.Max(a.X, MathF.Max(b.X, c.X))));
        var top = Math.Max(0, (int)MathF.Floor(MathF.Min(a.Y, MathF.Min(b.Y, c.Y))));
        var bottom = Math.Min(layer.Height - 1, (int)MathF.Ceiling(MathF.Max(a.Y, MathF.Max(b.Y, c.Y))));
        if (left > right || top > bottom)
        {
            return;
        }

        // Weights of b and c as linear functions of the pixel; that of a is the rest.
        var inverse = 1 / area;
        var (bx, by) = ((c.Y - a.Y) * inverse, -(c.X - a.X) * inverse);
        var (cx, cy) = (-(b.Y - a.Y) * inverse, (b.X - a.X) * inverse);
        var (placeA, placeAb, placeAc) = (_places[triangle.A], _places[triangle.B] - _places[triangle.A], _places[triangle.C] - _places[triangle.A]);
        var (normalA, normalAb, normalAc) = (_normals[triangle.A], _normals[triangle.B] - _normals[triangle.A], _normals[triangle.C] - _normals[triangle.A]);
        for (var y = top; y <= bottom; y++)
        {
            var (fromAx, fromAy) = (left + 0.5f - a.X, y + 0.5f - a.Y);
            var weightB = (fromAx * bx) + (fromAy * by);
            var weightC = (fromAx * cx) + (fromAy * cy);
            var i = (y * layer.Width) + left;
            for (var x = left; x <= right; x++, i++, weightB += bx, weightC += cx)
            {
                if (weightB < -1e-5f || weightC < -1e-5f || weightB + weightC > 1.00001f)
                {
                    continue;
                }

                var place = placeA + (placeAb * weightB) + (placeAc * weightC);
                if (place.W <= layer.Nearness[i])
                {
                    continue;
                }

                layer.Nearness[i] = place.W;
                var normal = normalA + (normalAb * weightB) + (normalAc * weightC);
                place *= 1 / place.W;
                layer.Colours[i] = surface.Shade(place, normal, triangle.Skin, isThin);
            }
        }
    }

    /// <summary>Where in a skin a point of the body lies, and how coarse a copy of it to read.</summary>
    private readonly record struct SkinMap(Texture Texture, Vector4 U, Vector4 V, int Level, bool IsRetroreflective)
    {
        public static SkinMap Of(Skin kind, SkinPicture skin, float pixelsPerMetre)
        {
            var (a, b) = kind switch
            {
                Skin.Front or Skin.FrontPlate => (Vector4.UnitY, Vector4.UnitZ),
                Skin.Rear or Skin.RearPlate => (-Vector4.UnitY, Vector4.UnitZ),
                Skin.Top => (Vector4.UnitY, Vector4.UnitX),
                _ => (Vector4.UnitX, Vector4.UnitZ),
            };
            var level = Math.Clamp((int)MathF.Round(MathF.Log2(skin.PixelsPerMetre / pixelsPerMetre)), 0, skin.Texture.Levels - 1);
            return new SkinMap(
                skin.Texture,
                (a * skin.PixelsPerMetre) + new Vector4(0, 0, 0, skin.OffsetU),
                (b * -skin.PixelsPerMetre) + new Vector4(0, 0, 0, skin.OffsetV),
                level,
                kind is Skin.FrontPlate or Skin.RearPlate);
        }
    }

    /// <summary>Light and view for one vehicle in one picture.</summary>
    private readonly record struct Surface(Lighting Lighting, Vector3 TowardsCamera, float Fill, VehiclePose Pose, SkinMap[] Maps)
    {
        public uint Shade(Vector4 place, Vector4 scaledNormal, Skin kind, bool isTwoSided)
        {
            var normal = Vector3.Normalize(new Vector3(scaledNormal.X, scaledNormal.Y, scaledNormal.Z));
            ref readonly var map = ref Maps[(int)(kind is Skin.Hull ? Facing(normal) : kind)];
            var skin = map.Texture.Sample(Vector4.Dot(place, map.U), Vector4.Dot(place, map.V), map.Level);
            var facing = Vector3.Dot(normal, TowardsCamera);
            if (isTwoSided && facing < 0)
            {
                (normal, facing) = (-normal, -facing);
            }

            facing = MathF.Max(facing, 0);
            var gloss = skin.W;

            // Squares for linear light: display values are close to its square root.
            var light = skin * skin * Lighting.Arriving(normal, facing, Fill);
            if (map.IsRetroreflective)
            {
                // Plates send light back to where it comes from: brighter than paint at night.
                return Pack(light * Lighting.PlateGain);
            }

            // Little light reaches what is close to the road and faces down.
            var open = Math.Clamp(0.35f + (place.Z * 1.1f) + (MathF.Max(0, normal.Z) * 0.4f), 0, 1);
            var edge = 1 - facing;
            var squared = edge * edge;

            // Straight on, lacquer mirrors a twentieth, the two faces of a pane twice that, and polished metal most.
            var straight = 0.035f + (0.065f * gloss * gloss) + (8 * MathF.Max(0, gloss - 0.92f));
            var mirror = gloss * (straight + (0.8f * squared * squared * edge));
            return Pack((light * open) + (Lighting.Mirrored((normal * (2 * facing)) - TowardsCamera) * (mirror * open)));
        }

        /// <summary>The view of the body that shows this part of it least foreshortened.</summary>
        private Skin Facing(Vector3 normal)
        {
            var ahead = Vector3.Dot(normal, Pose.Forward);
            var aside = MathF.Abs((normal.Y * Pose.Forward.X) - (normal.X * Pose.Forward.Y));
            if (MathF.Abs(ahead) > 0.8f * aside && MathF.Abs(ahead) > 0.85f * normal.Z)
            {
                return ahead > 0 ? Skin.Front : Skin.Rear;
            }

            return aside > normal.Z ? Skin.Side : Skin.Top;
        }

        private static uint Pack(Vector4 light)
        {
            var display = Vector4.SquareRoot(Vector4.Min(light, Vector4.One)) * 255.5f;
            return (uint)display.X | ((uint)display.Y << 8) | ((uint)display.Z << 16) | 0xFF000000;
        }
    }
}
