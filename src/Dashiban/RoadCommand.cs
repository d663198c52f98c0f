using System.CommandLine;
using System.Globalization;
using Dashiban.SyntheticRoad;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Script;
using Dashiban.SyntheticRoad.Vehicles;
using Dashiban.SyntheticRoad.Views;

namespace Dashiban;

/// <summary>
/// <c>dashiban road render</c>: films of virtual checkpoint cameras with random traffic, for tests and evaluation;
/// <c>dashiban road views</c>: single labelled pictures of wildly varied roads and vehicles, for training.
/// </summary>
public static class RoadCommand
{
    private const int Failed = 1;

    /// <summary>What passes the demo's cameras; the other bodies exist for training.</summary>
    private static readonly VehicleKind[] Kinds =
    [
        VehicleKind.Sedan, VehicleKind.Suv, VehicleKind.Mpv, VehicleKind.Microvan, VehicleKind.Minibus, VehicleKind.Coach, VehicleKind.LightTruck, VehicleKind.HeavyTruck,
    ];

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
        return new Command("road", "Films and pictures of virtual checkpoint cameras, with the truth beside them.") { render, CreateViews() };
    }

    private static Command CreateViews()
    {
        var output = new Option<string>("--out") { Description = "Folder for the pictures and views.csv.", Required = true, HelpName = "DIR" };
        var count = new Option<int>("--count") { Description = "How many pictures.", DefaultValueFactory = _ => 100, HelpName = "N" };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
            {
                result.AddError("--count needs a number from 1 to 100000.");
            }
        });
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same bytes.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var size = new Option<string>("--size") { Description = "Picture size in pixels.", DefaultValueFactory = _ => "768x448", HelpName = "WxH" };
        size.Validators.Add(result =>
        {
            if (Size(result.GetValueOrDefault<string>()) is not (>= 320 and <= 3840, >= 180 and <= 2160))
            {
                result.AddError("--size needs two numbers between 320x180 and 3840x2160, for instance 768x448.");
            }
        });
        var views = new Command("views", "Renders single pictures of roads with labelled vehicles, to train on. Exit codes: 0 done; 1 failed; 2 wrong usage.")
        {
            output, count, seed, size,
        };
        views.SetAction((parsed, cancel) =>
        {
            var (width, height) = Size(parsed.GetValue(size)!)!.Value;
            return Task.Run(() => RenderViews(parsed.GetRequiredValue(output), parsed.GetValue(count), parsed.GetValue(seed), width, height, cancel), cancel);
        });
        return views;
    }

    private static (int Width, int Height)? Size(string? text) =>
        text?.Split('x') is [var width, var height] && int.TryParse(width, CultureInfo.InvariantCulture, out var w) && int.TryParse(height, CultureInfo.InvariantCulture, out var h) ? (w, h) : null;

    private static int RenderViews(string folder, int count, int seed, int width, int height, CancellationToken cancel)
    {
        try
        {
            var vehicles = RoadViews.Render(folder, count, seed, width, height, cancellationToken: cancel);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder}: {count} pictures, {vehicles} vehicles; labels in {Path.Combine(folder, RoadViews.RowsFile)}"));
            return 0;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return Failed;
        }
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
                var kind = Pick(chance, Kinds);
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
