namespace Dashiban.Vision.Models;

/// <summary>
/// A model is refused: its manifest cannot be read, or it does not describe the file beside it. The message names the model and
/// shows both sides. The program exits with code 3.
/// </summary>
public sealed class ModelMismatchException(string message) : Exception(message);
