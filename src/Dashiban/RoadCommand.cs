using System.CommandLine;
using System.Globalization;
using Dashiban.SyntheticRoad;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Script;
using Dashiban.SyntheticRoad.Vehicles;

namespace Dashiban;

/// <summary><c>dashiban road render</c>: films of virtual checkpoint cameras with random traffic, for tests and evaluation.</summary>
public static class RoadCommand
{
    private const int Failed = 1;

    /// <summary>The command with its help.</summary>
    public static Command Create()
    {
        var camera = new Option<string>("--camera") { Description = "Which virtual camera.", Required = true, HelpName = "ID" };
        camera.AcceptOnlyFromAmong([.. CountyScenes.All.Select(scene => scene.Id)]);
        var seconds = new Option<int>("--seconds") { Description = "Length of the film.", DefaultValueFactory = _ => 60, HelpName = "N" };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 5 or > 3600)
            {
                result.AddError("--seconds needs a number from 5 to 3600.");
            }
        });
        var seed = new Option<int>("--seed") { Description = "Chooses traffic and surroundings.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var night = new Option<bool>("--night") { Description = "By night." };
        var leaving = new Option<bool>("--leaving") { Description = "Vehicles drive away and show their rear plates." };
        var output = new Option<string>("--out") { Description = "Folder for the film and its truth.", DefaultValueFactory = _ => ".", HelpName = "DIR" };
        var render = new Command("render", "Renders ID.mp4 and ID.truth.json, what really passes. Exit codes: 0 done; 1 failed; 2 wrong usage.")
        {
            camera, seconds, seed, night, leaving, output,
        };
        render.SetAction((parsed, cancel) => RenderAsync(
            CountyScenes.All.Single(scene => scene.Id == parsed.GetRequiredValue(camera)),
            new RoadRenderOptions
            {
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Seed = parsed.GetValue(seed),
                Night = parsed.GetValue(night),
                Painters = Math.Clamp(Environment.ProcessorCount, 1, 8),
            },
            isApproaching: !parsed.GetValue(leaving),
            parsed.GetRequiredValue(output),
            cancel));
        return new Command("road", "Films of virtual checkpoint cameras, with the truth beside them.") { render };
    }

    private static async Task<int> RenderAsync(CameraScene scene, RoadRenderOptions options, bool isApproaching, string folder, CancellationToken cancel)
    {
        var film = Path.Combine(folder, scene.Id + ".mp4");
        try
        {
            Directory.CreateDirectory(folder);
            var truth = await RoadFootage.RenderAsync(scene, Traffic(scene, options, isApproaching), options, film, cancellationToken: cancel);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{film}: {truth.FrameCount} pictures, {truth.Passages.Count} passages; truth in {RoadFootage.TruthPath(film)}"));
            return 0;
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Failed;
        }
    }

    /// <summary>Random traffic: one vehicle every four seconds, the lanes in turn.</summary>
    private static IReadOnlyList<RoadPassage> Traffic(CameraScene scene, RoadRenderOptions options, bool isApproaching)
    {
        var chance = new Random(options.Seed);
        return
        [
            .. Enumerable.Range(0, (int)(options.Duration.TotalSeconds - 1) / 4).Select(number =>
            {
                var kind = Pick(chance, Enum.GetValues<VehicleKind>());
                return new RoadPassage
                {
                    At = TimeSpan.FromSeconds(3 + (number * 4)),
                    Vehicle = kind,
                    Paint = Pick(chance, Enum.GetValues<VehiclePaint>()),
                    Plate = Face(chance, kind),
                    Lane = number % scene.LaneCentres.Count,
                    SpeedKmh = chance.Next(20, 50),
                    IsApproaching = isApproaching,
                    Look = chance.Next(1000),
                };
            }),
        ];
    }

    private static PlateFace Face(Random chance, VehicleKind kind)
    {
        const string Provinces = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";
        const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
        var isLarge = kind is VehicleKind.Minibus or VehicleKind.Coach or VehicleKind.HeavyTruck;
        var style = isLarge ? PlateStyle.Yellow : chance.Next(4) == 0 && kind is not VehicleKind.LightTruck ? PlateStyle.GreenSmall : PlateStyle.Blue;

        // A third of the county's traffic is from elsewhere.
        var area = chance.Next(3) == 0 ? $"{Provinces[chance.Next(Provinces.Length)]}{Letters[chance.Next(Letters.Length)]}" : "渝F";
        var digits = chance.Next(1000, 10000).ToString(CultureInfo.InvariantCulture);
        return new PlateFace(area + (style is PlateStyle.GreenSmall ? "D" + chance.Next(10) : Letters[chance.Next(Letters.Length)].ToString()) + digits, style);
    }

    private static T Pick<T>(Random chance, T[] among) => among[chance.Next(among.Length)];
}
