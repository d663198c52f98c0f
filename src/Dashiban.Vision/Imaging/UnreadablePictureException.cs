namespace Dashiban.Vision.Imaging;

/// <summary>A file is no picture that can be read; the message says why, in words for the person who named the file.</summary>
public sealed class UnreadablePictureException(string reason) : Exception(reason);
