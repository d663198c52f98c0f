using OpenCvSharp;

namespace Dashiban.Vision.Imaging;

/// <summary>
/// Views of the three planes of pictures. A camera's frames come from a few buffers again and again, so the views are kept by
/// address and a frame allocates nothing. A view never touches memory by itself; it is used only while its picture lives.
/// </summary>
internal sealed class PlaneViews : IDisposable
{
    private const int MostBuffers = 16;
    private readonly List<View> _views = [];

    /// <summary>The planes Y, U, V of the picture; valid until the next call.</summary>
    public InputArray[] Of(I420Picture picture)
    {
        var data = picture.Planes.Data;
        foreach (var view in _views)
        {
            if (view.Data == data && view.Width == picture.Width && view.Height == picture.Height)
            {
                return view.Arrays;
            }
        }

        return Add(picture, data).Arrays;
    }

    public void Dispose()
    {
        _views.ForEach(view => view.Dispose());
        _views.Clear();
    }

    private View Add(I420Picture picture, IntPtr data)
    {
        if (picture.Width % 2 != 0 || picture.Height % 2 != 0 || picture.Planes.Rows != picture.Height * 3 / 2
            || picture.Planes.Cols != picture.Width || picture.Planes.Type() != MatType.CV_8UC1 || !picture.Planes.IsContinuous())
        {
            throw new ArgumentException(
                $"A picture of {picture.Width} x {picture.Height} needs even sizes and a continuous 8-bit matrix of {picture.Height * 3 / 2} x {picture.Width}; this one is {picture.Planes}.",
                nameof(picture));
        }

        if (_views.Count == MostBuffers)
        {
            _views[0].Dispose();
            _views.RemoveAt(0);
        }

        var view = new View(data, picture.Width, picture.Height);
        _views.Add(view);
        return view;
    }

    private sealed class View : IDisposable
    {
        private readonly Mat[] _planes;

        public View(IntPtr data, int width, int height)
        {
            (Data, Width, Height) = (data, width, height);
            var chroma = data + (width * height);
            _planes =
            [
                Mat.FromPixelData(height, width, MatType.CV_8UC1, data),
                Mat.FromPixelData(height / 2, width / 2, MatType.CV_8UC1, chroma),
                Mat.FromPixelData(height / 2, width / 2, MatType.CV_8UC1, chroma + (width * height / 4)),
            ];
            Arrays = [.. _planes.Select(InputArray.Create)];
        }

        public IntPtr Data { get; }

        public int Width { get; }

        public int Height { get; }

        public InputArray[] Arrays { get; }

        public void Dispose()
        {
            for (var plane = 0; plane < 3; plane++)
            {
                Arrays[plane].Dispose();
                _planes[plane].Dispose();
            }
        }
    }
}
