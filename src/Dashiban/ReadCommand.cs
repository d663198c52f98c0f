using System.CommandLine;
using Dashiban.Reading;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Scenes;

namespace Dashiban;

/// <summary><c>dashiban read</c>: plates and seat classes in photographs, folders and videos, by the code that watches live cameras.</summary>
public static class ReadCommand
{
    private const long MostPictureBytes = 256L << 20;
    private const int WrongUsage = 2;

    /// <summary>The command with its help.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Pictures (JPEG, PNG, BMP, WebP), videos (any that ffmpeg decodes), or folders, searched with their sub-folders.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object per picture and line instead of a line for people." };
        var annotate = new Option<string?>("--annotate") { Description = "Write each picture with what was found drawn in into this folder.", HelpName = "DIR" };
        var crops = new Option<bool>("--plate-crops") { Description = "Each picture is one plate already, cut out; nothing is searched for." };
        var every = new Option<int>("--every")
        {
            Description = "Of a video, read every Nth frame; the path printed carries #frame.", DefaultValueFactory = _ => 12, HelpName = "N",
        };
        var models = ModelsCommand.DirectoryOption();
        every.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--every needs a number of 1 or more.");
            }
        });
        var command = new Command(
            "read",
            """
            Reads plates and seat classes in pictures and videos.

            Files that cannot be read are named on the error output with the reason; the rest goes on.
            A plate is 'accepted' where one look alone would be believed: detection, weakest character and plate grammar.
            Exit codes: 0 everything was read; 1 some files could not be read; 2 wrong usage; 3 a model was refused.
            """)
        {
            paths, json, annotate, crops, every, models,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(paths),
            new Settings(parsed.GetValue(json), parsed.GetValue(annotate), parsed.GetValue(crops), parsed.GetValue(every)),
            parsed.GetValue(models)));
        return command;
    }

    private static int Run(string[] paths, Settings settings, string? modelsDirectory) => ModelsCommand.RefusalsExit3(() =>
    {
        if (settings.AnnotateInto is { } folder && !CanWriteInto(folder))
        {
            return WrongUsage;
        }

        using var models = VisionModels.Load(ModelsCommand.Catalog(modelsDirectory), new VisionOptions());
        using var reader = new PictureReader(models);
        var failures = 0;
        void Failed(string path, string reason)
        {
            failures++;
            Console.Error.WriteLine($"{path}: {reason}");
        }

        foreach (var path in PictureInputs.Expand(paths, Failed))
        {
            try
            {
                ReadFile(path, reader, settings);
            }
            catch (Exception problem) when (problem is UnreadablePictureException or IOException or UnauthorizedAccessException)
            {
                Failed(path, problem.Message);
            }
        }

        return failures == 0 ? 0 : 1;
    });

    private static bool CanWriteInto(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"--annotate {folder}: {problem.Message}");
            return false;
        }
    }

    private static void ReadFile(string path, PictureReader reader, Settings settings)
    {
        if (PictureInputs.IsVideo(path))
        {
            ReadVideo(path, reader, settings);
            return;
        }

        using var photograph = Photograph.Decode(Contents(path));
        if (settings.PlateCrops)
        {
            var (reading, took) = reader.LookAtPlate(photograph.Picture);
            Print(Reporting.OfPlate(path, photograph, reading, took, reader.Gate), photograph.Picture, settings);
        }
        else
        {
            var (looks, took) = reader.Look(photograph.Picture);
            Print(Reporting.Of(path, photograph.Width, photograph.Height, looks, took, reader.Gate), photograph.Picture, settings);
        }
    }

    private static void ReadVideo(string path, PictureReader reader, Settings settings)
    {
        using var frames = VideoFrames.Open(path, settings.EveryNthFrame);
        while (frames.Next() is var (picture, number))
        {
            var (looks, took) = reader.Look(picture);
            Print(Reporting.Of($"{path}#{number}", picture.Width, picture.Height, looks, took, reader.Gate), picture, settings);
        }
    }

    private static byte[] Contents(string path)
    {
        var length = new FileInfo(path).Length;
        return length switch
        {
            // Named pipes and devices have no length either; opening one would wait for ever.
            0 => throw new UnreadablePictureException("the file is empty"),
            > MostPictureBytes => throw new UnreadablePictureException($"{length >> 20} MiB are more than the {MostPictureBytes >> 20} MiB that are read as a picture"),
            _ => File.ReadAllBytes(path),
        };
    }

    private static void Print(PictureReport report, I420Picture picture, Settings settings)
    {
        Console.Out.WriteLine(settings.Json ? report.ToJson() : Reporting.Line(report));
        if (settings.AnnotateInto is { } folder)
        {
            Annotation.Write(folder, picture, report);
        }
    }

    private sealed record Settings(bool Json, string? AnnotateInto, bool PlateCrops, int EveryNthFrame);
}
