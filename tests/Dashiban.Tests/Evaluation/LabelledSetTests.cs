using Dashiban.Evaluation;
using Dashiban.SyntheticRoad.Views;

namespace Dashiban.Tests.Evaluation;

public sealed class LabelledSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Rendered_roads_are_a_labelled_set_as_they_are()
    {
        RoadViews.Render(_folder, 20, seed: 3, 384, 224, cancellationToken: TestContext.Current.CancellationToken);
        var lines = File.ReadAllLines(Path.Combine(_folder, RoadViews.RowsFile));
        var columns = lines[0].Split(',');
        string Cell(string line, string column) => line.Split(',')[Array.IndexOf(columns, column)];

        var set = Assert.Single(LabelledSet.Find(_folder));
        var rows = set.Pictures.SelectMany(picture => picture.Rows).ToList();

        Assert.Equal(lines.Length - 1, rows.Count);
        Assert.All(set.Pictures, picture => Assert.Equal((384, 224), (picture.Width, picture.Height)));
        foreach (var (row, line) in rows.Zip(lines.Skip(1)))
        {
            Assert.Equal(Cell(line, "plate_text").Length > 0, row.Corners is not null);
            Assert.True(row.Text.Length == 0 || (Cell(line, "plate_visible") == "1" && row.Text == Cell(line, "plate_text")), line);
            Assert.True(row.Text.Length == 0 || row.Corners!.Value.Bounds.Width >= RenderedLabels.NarrowestPlate, line);
        }

        Assert.Contains(rows, row => row.Text.Length > 0);
        Assert.Contains(rows, row => row.Text.Length == 0 && row.Corners is not null);
        Assert.Contains(rows, row => row.Vehicle is null);
        Assert.All(set.Pictures.SelectMany(picture => picture.WholeVehicles), box => Assert.True(box.X >= 0 && box.Right <= 384));
    }

    [Theory]
    [InlineData("file,width\na.jpg,10\n", "row 2: there is no column height")]
    [InlineData("file,width,height,plate_text,plate_colour,layout,corners,seat_class\na.jpg,10,10,,,,1 2 3,unknown\n", "'1 2 3' is not 8 number(s)")]
    [InlineData("file,width,height,plate_text,plate_colour,layout,corners,seat_class\na.jpg,10,10,,,,1 2 3 4 5 6 7 x 8,unknown\n", "is not 8 number(s)")]
    [InlineData("", "is empty")]
    public void Labels_that_cannot_be_understood_are_named_with_their_place(string labels, string named)
    {
        File.WriteAllText(Path.Combine(_folder, "labels.csv"), labels);

        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => LabelledSet.Find(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_labels_names_what_is_missing() =>
        Assert.Contains("views.csv", Assert.Throws<InvalidDataException>(() => LabelledSet.Find(_folder)).Message, StringComparison.Ordinal);
}
