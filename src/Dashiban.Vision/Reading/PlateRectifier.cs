using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;

namespace Dashiban.Vision.Reading;

/// <summary>Turns a plate upright by its corners onto the reader's board; two rows are laid side by side.</summary>
internal sealed class PlateRectifier : IDisposable
{
    private readonly PlateCropRecipe _recipe;
    private readonly PlaneBoard? _upper;
    private readonly PlaneBoard? _lower;

    public PlateRectifier(PlateCropRecipe recipe, int width, int height)
    {
        _recipe = recipe;
        Board = new PlaneBoard(width, height);
        if (recipe.DoubleRow is { } rows)
        {
            _upper = Board.Part(0, 0, rows.UpperWidth, height);
            _lower = Board.Part(rows.UpperWidth, 0, width - rows.UpperWidth, height);
        }
    }

    /// <summary>What the last plate looks like.</summary>
    public PlaneBoard Board { get; }

    /// <summary>Corners with which exactly the whole picture lands on the board, margin included: for pictures that are one plate.</summary>
    public static Quad WholePicture(I420Picture picture, PlateCropRecipe recipe)
    {
        var insetX = picture.Width * recipe.MarginX / (1 + (2 * recipe.MarginX));
        var insetY = picture.Height * recipe.MarginY / (1 + (2 * recipe.MarginY));
        return Quad.Of(new Box(insetX, insetY, picture.Width - (2 * insetX), picture.Height - (2 * insetY)));
    }

    /// <summary>Fills <see cref="Board"/> with the plate and a margin around it. The picture's edge is repeated outside it.</summary>
    public void Rectify(I420Picture picture, PlateDetection plate, CropMargin margin, PictureSampler sampler)
    {
        var fromPlate = Homography.UnitSquareTo(plate.Corners);
        if (plate.IsDoubleRow && _recipe.DoubleRow is { } rows)
        {
            sampler.Warp(picture, _upper!, fromPlate.After(ToPlate(_upper!, margin, new(rows.UpperLeft, 0, rows.UpperRight - rows.UpperLeft, rows.UpperTo))), border: null);
            sampler.Warp(picture, _lower!, fromPlate.After(ToPlate(_lower!, margin, new(0, rows.LowerFrom, 1, 1 - rows.LowerFrom))), border: null);
        }
        else
        {
            sampler.Warp(picture, Board, fromPlate.After(ToPlate(Board, margin, new(0, 0, 1, 1))), border: null);
        }
    }

    public void Dispose()
    {
        _upper?.Dispose();
        _lower?.Dispose();
        Board.Dispose();
    }

    /// <summary>Leads from a board to the plate as unit square; the board shows a part of the plate and its margin, in shares of both together.</summary>
    private static Homography ToPlate(PlaneBoard board, CropMargin margin, Box part)
    {
        double wide = 1 + (2 * margin.X), high = 1 + (2 * margin.Y);
        return Homography.ScaleShift(
            part.Width * wide / board.Width, part.Height * high / board.Height, (part.X * wide) - margin.X, (part.Y * high) - margin.Y);
    }
}
