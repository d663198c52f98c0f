using Dashiban.Domain.Passages;

namespace Dashiban.Edge.Voting;

/// <summary>A closed track with a plate: what a lane hands to the process-wide Flag stage. Managed memory only.</summary>
/// <param name="Passage">The consensus; <see cref="Passage.SceneSha256"/> and the plate crop are set from the evidence frame.</param>
/// <param name="SceneJpeg">The scene around the vehicle in the frame of the winning reading; empty where none was taken.</param>
public sealed record VotedPassage(Passage Passage, ReadOnlyMemory<byte> SceneJpeg);
