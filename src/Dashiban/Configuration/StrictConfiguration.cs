using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Dashiban.Configuration;

/// <summary>
/// Reads a role's options from one JSON file and from environment variables that start with <c>DASHIBAN_</c> (two underscores
/// between levels, for example <c>DASHIBAN_Link__Password</c>; the environment wins). Unknown keys are errors, and every error
/// of a file is reported at once: a bad file costs one round trip, and nothing runs half configured.
/// </summary>
internal static class StrictConfiguration
{
    public const string EnvironmentPrefix = "DASHIBAN_";

    /// <summary>Options, or the whole list of what is wrong; exactly one of the two is of use.</summary>
    public readonly record struct Outcome<T>(T? Options, IReadOnlyList<string> Errors)
        where T : class;

    /// <param name="path">The JSON file; comments and trailing commas are allowed.</param>
    /// <param name="environment">Name and value pairs, normally those of the process.</param>
    /// <param name="validate">Sentences on what is wrong with bound options; asked only when binding succeeded.</param>
    public static Outcome<T> Load<T>(
        string path, IEnumerable<KeyValuePair<string, string?>> environment, Func<T, IEnumerable<string>> validate)
        where T : class
    {
        IConfigurationRoot configuration;
        try
        {
            using var file = File.OpenRead(path);
            configuration = new ConfigurationBuilder().AddJsonStream(file).AddInMemoryCollection(Overrides(environment)).Build();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(null, [$"{path}: cannot be read: {error.Message}"]);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return new(null, [$"{path}: is not valid JSON: {(error.InnerException ?? error).Message}"]);
        }

        var errors = new List<string>();
        Examine(configuration, typeof(T), errors);
        if (errors.Count > 0)
        {
            return new(null, errors);
        }

        T? options;
        try
        {
            options = configuration.Get<T>() ?? Activator.CreateInstance<T>();
        }
        catch (InvalidOperationException error)
        {
            return new(null, [$"{path}: {error.Message}"]);
        }

        errors.AddRange(validate(options));
        return new(errors.Count == 0 ? options : null, errors);
    }

    /// <summary>The environment of this process in the form that <see cref="Load"/> takes.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => new KeyValuePair<string, string?>((string)e.Key, (string?)e.Value));

    private static IEnumerable<KeyValuePair<string, string?>> Overrides(IEnumerable<KeyValuePair<string, string?>> environment) =>
        from variable in environment
        where variable.Key.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && variable.Key.Contains("__", StringComparison.Ordinal)
        select new KeyValuePair<string, string?>(
            variable.Key[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal), variable.Value);

    private static void Examine(IConfiguration node, Type type, List<string> errors)
    {
        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.CanWrite).ToArray();
        foreach (var child in node.GetChildren())
        {
            var property = properties.FirstOrDefault(p => string.Equals(p.Name, child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                errors.Add($"{child.Path}: unknown key{Suggestion(child.Key, properties)}");
                continue;
            }

            ExamineValue(child, property.PropertyType, errors);
        }
    }

    private static void ExamineValue(IConfigurationSection section, Type declared, List<string> errors)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (DictionaryValueOf(type) is { } valueType)
        {
            foreach (var child in section.GetChildren())
            {
                ExamineValue(child, valueType, errors);
            }
        }
        else if (ElementOf(type) is { } elementType)
        {
            if (section.Value is { Length: > 0 })
            {
                errors.Add($"{section.Path}: is a list, «{section.Value}» is a single value");
            }

            foreach (var child in section.GetChildren())
            {
                ExamineValue(child, elementType, errors);
            }
        }
        else if (IsScalar(type))
        {
            ExamineScalar(section, type, errors);
        }
        else if (section.Value is { Length: > 0 })
        {
            errors.Add($"{section.Path}: holds keys of its own, «{section.Value}» is a single value");
        }
        else
        {
            Examine(section, type, errors);
        }
    }

    private static void ExamineScalar(IConfigurationSection section, Type type, List<string> errors)
    {
        if (section.GetChildren().Any())
        {
            errors.Add($"{section.Path}: is a single value ({NameOf(type)}), not a group of keys");
            return;
        }

        if (section.Value is null || type == typeof(string))
        {
            return;
        }

        try
        {
            var converted = TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, section.Value);
            if (type.IsEnum && !Enum.IsDefined(type, converted!))
            {
                throw new FormatException();
            }
        }
        catch (Exception error) when (error is FormatException or ArgumentException or NotSupportedException or InvalidCastException)
        {
            var allowed = type.IsEnum ? $": {string.Join(", ", Enum.GetNames(type))}" : string.Empty;
            errors.Add($"{section.Path}: «{section.Value}» is not a {NameOf(type)}{allowed}");
        }
    }

    private static bool IsScalar(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal)
        || type == typeof(TimeSpan) || type == typeof(DateTimeOffset) || type == typeof(Guid) || type == typeof(Uri);

    private static Type? ElementOf(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable))
        ? type.GetElementType() ?? type.GetGenericArguments().FirstOrDefault()
        : null;

    private static Type? DictionaryValueOf(Type type) =>
        type.IsGenericType && type.GetGenericArguments() is [var key, var value] && key == typeof(string) ? value : null;

    private static string NameOf(Type type) => type switch
    {
        _ when type == typeof(TimeSpan) => "duration (hh:mm:ss)",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(Uri) => "web address",
        _ when type.IsEnum => $"choice of {type.Name}",
        _ when type.IsPrimitive || type == typeof(decimal) => "number",
        _ => type.Name,
    };

    private static string Suggestion(string unknown, IEnumerable<PropertyInfo> properties)
    {
        var nearest = properties
            .Select(p => (p.Name, Distance: EditDistance(p.Name.ToUpperInvariant(), unknown.ToUpperInvariant())))
            .OrderBy(p => p.Distance)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, unknown.Length / 3)
            ? $"; did you mean «{JsonNamingPolicy.CamelCase.ConvertName(nearest.Name)}»?"
            : string.Empty;
    }

    /// <summary>Levenshtein distance by the two-row recurrence.</summary>
    private static int EditDistance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
