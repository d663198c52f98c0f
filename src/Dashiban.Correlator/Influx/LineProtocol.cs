using System.Globalization;
using System.Text;

namespace Dashiban.Correlator.Influx;

/// <summary>
/// Writes one line of InfluxDB line protocol: <c>measurement,tag=value field=1i 1700000000000000000</c>. Names and tag values are
/// escaped; what the protocol cannot carry there is replaced (line breaks and other control characters by a space, a backslash
/// by a slash, because a trailing one would swallow the separator). Order of calls: tags, then fields, then <see cref="At"/>.
/// </summary>
internal sealed class LineProtocol
{
    private readonly StringBuilder _line = new();
    private bool _hasFields;

    public LineProtocol(string measurement) => AppendEscaped(measurement, " ,");

    /// <summary>An empty value is left out: the protocol has none.</summary>
    public LineProtocol Tag(string key, string value)
    {
        if (value.Length > 0)
        {
            _line.Append(',');
            AppendEscaped(key, " ,=");
            _line.Append('=');
            AppendEscaped(value, " ,=");
        }

        return this;
    }

    public LineProtocol Field(string key, long value)
    {
        StartField(key);
        _line.Append(CultureInfo.InvariantCulture, $"{value}i");
        return this;
    }

    /// <summary>Not a number and the infinities are left out: the protocol has none.</summary>
    public LineProtocol Field(string key, double value)
    {
        if (double.IsFinite(value))
        {
            StartField(key);
            _line.Append(CultureInfo.InvariantCulture, $"{value:R}");
        }

        return this;
    }

    public LineProtocol Field(string key, string value)
    {
        StartField(key);
        _line.Append('"');
        foreach (var character in value)
        {
            if (character is '"' or '\\')
            {
                _line.Append('\\');
            }

            _line.Append(char.IsControl(character) ? ' ' : character);
        }

        _line.Append('"');
        return this;
    }

    /// <summary>The finished line with its time in nanoseconds, without line break; null where no field was written.</summary>
    public string? At(DateTimeOffset time)
    {
        if (!_hasFields)
        {
            return null;
        }

        var nanoseconds = (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick;
        return _line.Append(CultureInfo.InvariantCulture, $" {nanoseconds}").ToString();
    }

    private void StartField(string key)
    {
        _line.Append(_hasFields ? ',' : ' ');
        _hasFields = true;
        AppendEscaped(key, " ,=");
        _line.Append('=');
    }

    private void AppendEscaped(string text, string special)
    {
        foreach (var character in text)
        {
            var kept = character == '\\' ? '/' : char.IsControl(character) ? ' ' : character;
            if (special.Contains(kept, StringComparison.Ordinal))
            {
                _line.Append('\\');
            }

            _line.Append(kept);
        }
    }
}
