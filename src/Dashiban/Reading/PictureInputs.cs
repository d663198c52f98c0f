namespace Dashiban.Reading;

/// <summary>Finds the picture and video files that paths on a command line stand for.</summary>
internal static class PictureInputs
{
    private static readonly HashSet<string> Pictures = new(StringComparer.OrdinalIgnoreCase) { ".jpg", ".jpeg", ".png", ".bmp", ".webp" };

    private static readonly HashSet<string> Videos = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4", ".m4v", ".mkv", ".mov", ".avi", ".ts", ".mts", ".flv", ".webm", ".mpg", ".mpeg", ".h264", ".264", ".h265", ".265", ".hevc",
    };

    /// <summary>Whether a file is taken for a video, by its name.</summary>
    public static bool IsVideo(string path) => Videos.Contains(Path.GetExtension(path));

    /// <summary>
    /// The files behind the paths: a file as named, whatever its name; a folder's pictures and videos with those of its
    /// sub-folders, in the order of their names. Links to folders are not followed.
    /// </summary>
    /// <param name="failed">Called for every path that cannot be listed, with the reason.</param>
    public static IEnumerable<string> Expand(IEnumerable<string> paths, Action<string, string> failed)
    {
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                foreach (var file in InFolder(path, failed))
                {
                    yield return file;
                }
            }
            else if (File.Exists(path))
            {
                yield return path;
            }
            else
            {
                failed(path, "there is no such file or folder, or it may not be looked at");
            }
        }
    }

    private static IEnumerable<string> InFolder(string folder, Action<string, string> failed)
    {
        foreach (var entry in Entries(folder, failed))
        {
            if (entry is DirectoryInfo { LinkTarget: null })
            {
                foreach (var file in InFolder(Path.Combine(folder, entry.Name), failed))
                {
                    yield return file;
                }
            }
            else if (entry is FileInfo && (Pictures.Contains(entry.Extension) || Videos.Contains(entry.Extension)))
            {
                yield return Path.Combine(folder, entry.Name);
            }
        }
    }

    private static List<FileSystemInfo> Entries(string folder, Action<string, string> failed)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            failed(folder, problem.Message);
            return [];
        }
    }
}
