namespace Dashiban.Domain.Plates;

/// <summary>
/// The text of a plate without the separator dot, for example <c>渝BD12345</c>. A plate is personal data: <see cref="ToString"/>
/// is masked, and whoever needs the whole text says so with <see cref="Value"/>.
/// </summary>
public readonly record struct PlateText(string Value)
{
    /// <summary>Province, letter and last character; the rest hidden: <c>渝B****5</c>.</summary>
    public override string ToString() => Value is null or { Length: < 4 }
        ? "****"
        : $"{Value[..2]}{new string('*', Value.Length - 3)}{Value[^1]}";
}
