namespace Dashiban.Messaging;

/// <summary>How to reach the broker.</summary>
public sealed record MqttLinkOptions
{
    /// <summary>Name or address of the broker. Default <c>127.0.0.1</c>.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>1 to 65535. Default 1883; brokers with TLS listen on 8883.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>
    /// Identifies the session at the broker; required, at most 64 letters, digits, hyphens, underscores, dots. Two programs with one
    /// identifier throw each other out in turn; a new identifier after every start leaves dead sessions behind.
    /// </summary>
    public string ClientId { get; init; } = "";

    /// <summary>Empty: no user. The shipped access list gives each edge rights by its user name.</summary>
    public string User { get; init; } = "";

    /// <summary>The user's password. Rather name a <see cref="PasswordFile"/>, which can have an owner and a mode.</summary>
    public string Password { get; init; } = "";

    /// <summary>File whose first line is the password; read at every connection, so that a change needs no restart. Default none.</summary>
    public string PasswordFile { get; init; } = "";

    public MqttTlsOptions Tls { get; init; } = new();

    /// <summary>
    /// How long the broker keeps the session, and what waits in it, after the link broke: 1 minute to 60 days, default 7 days. Without
    /// it MQTT 5 drops everything at the moment the link breaks.
    /// </summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Messages that the broker may send before one is acknowledged: 1 to 1,000, default 64. More memory at the centre, fewer round trips.
    /// </summary>
    public int ReceiveMaximum { get; init; } = 64;

    /// <summary>Silence after which the link is asked whether it still lives: 5 to 600 s, default 20 s. A dead radio is noticed within 1.5 times this.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for the broker's answer to one packet: 1 to 120 s, default 10 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First pause before another connection, doubled with every failure: 0.1 to 60 s, default 0.5 s.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest pause before another connection: up to 10 min, default 30 s. Longer spares a mobile plan and delays recovery.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Every fault of these options as a sentence that says what to do.</summary>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Host))
        {
            yield return "Host is empty: name the broker's host or address.";
        }

        if (Port is < 1 or > 65535)
        {
            yield return $"Port {Port} does not exist: use 1 to 65535.";
        }

        if (!WireMapping.IsIdentifier(ClientId))
        {
            yield return "ClientId must be 1 to 64 letters, digits, hyphens, underscores or dots, and different for every program on the broker.";
        }

        if (Password.Length > 0 && PasswordFile.Length > 0)
        {
            yield return "Password and PasswordFile are both set: keep one, preferably the file.";
        }

        if (PasswordFile.Length > 0 && !File.Exists(PasswordFile))
        {
            yield return $"PasswordFile {PasswordFile} does not exist: create it, readable for the service's user only.";
        }

        if ((Password.Length > 0 || PasswordFile.Length > 0) && User.Length == 0)
        {
            yield return "A password without a User: name the user, or remove the password.";
        }

        if (SessionExpiry < TimeSpan.FromMinutes(1) || SessionExpiry > TimeSpan.FromDays(60))
        {
            yield return $"SessionExpiry {SessionExpiry} is out of range: use 1 minute to 60 days.";
        }

        if (ReceiveMaximum is < 1 or > 1000)
        {
            yield return $"ReceiveMaximum {ReceiveMaximum} is out of range: use 1 to 1000.";
        }

        if (KeepAlive < TimeSpan.FromSeconds(5) || KeepAlive > TimeSpan.FromSeconds(600))
        {
            yield return $"KeepAlive {KeepAlive} is out of range: use 5 to 600 seconds.";
        }

        if (AnswerTimeout < TimeSpan.FromSeconds(1) || AnswerTimeout > TimeSpan.FromSeconds(120))
        {
            yield return $"AnswerTimeout {AnswerTimeout} is out of range: use 1 to 120 seconds.";
        }

        if (FirstRetry < TimeSpan.FromSeconds(0.1) || FirstRetry > TimeSpan.FromSeconds(60))
        {
            yield return $"FirstRetry {FirstRetry} is out of range: use 0.1 to 60 seconds.";
        }

        if (LongestRetry < FirstRetry || LongestRetry > TimeSpan.FromMinutes(10))
        {
            yield return $"LongestRetry {LongestRetry} is out of range: use FirstRetry to 10 minutes.";
        }

        foreach (var fault in Tls.Validate())
        {
            yield return fault;
        }
    }
}

/// <summary>Encryption of the link. There is no switch that accepts any certificate: name the authority instead.</summary>
public sealed record MqttTlsOptions
{
    /// <summary>Default false: the link is readable on the way, which is acceptable on loopback only.</summary>
    public bool Enabled { get; init; }

    /// <summary>PEM file of the authority that signed the broker's certificate. Empty: the authorities that the system trusts.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>PEM file of this program's certificate, where the broker asks for one. Default none.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>PEM file of the certificate's private key, unencrypted, readable for the service's user only.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>Name that the broker's certificate must carry, where it differs from the host, for example behind an address. Default: the host.</summary>
    public string ServerName { get; init; } = "";

    public IEnumerable<string> Validate()
    {
        if (!Enabled && (CaFile.Length > 0 || CertificateFile.Length > 0 || KeyFile.Length > 0))
        {
            yield return "Tls names certificates but is not Enabled: set Tls.Enabled to true, or remove the files.";
        }

        if (CertificateFile.Length > 0 != KeyFile.Length > 0)
        {
            yield return "Tls.CertificateFile and Tls.KeyFile belong together: name both or none.";
        }

        foreach (var file in new[] { CaFile, CertificateFile, KeyFile })
        {
            if (file.Length > 0 && !File.Exists(file))
            {
                yield return $"Tls file {file} does not exist: check the path and the service user's rights.";
            }
        }
    }
}
