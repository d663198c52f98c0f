using System.Diagnostics;
using Dashiban.Messaging;
using Dashiban.Testing;

namespace Dashiban.IntegrationTests.Delivery;

/// <summary>TLS, certificates, passwords and rights, with the block that the shipped configuration recommends and the shipped access list.</summary>
public sealed class SecureLinkTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public SecureLinkTests()
    {
        if (!File.Exists("/usr/bin/openssl"))
        {
            Assert.Skip("/usr/bin/openssl is not installed: apt-get install openssl");
        }

        Authority("ca");
        Authority("stranger");
        Certificate("broker", "ca", "subjectAltName=DNS:localhost,IP:127.0.0.1");
        Certificate("edge", "ca", "extendedKeyUsage=clientAuth");
    }

    [Fact]
    public async Task A_link_with_certificate_and_password_connects_and_may_do_what_its_user_may()
    {
        await using var broker = await StartAsync();
        (string Topic, PublishOutcome Outcome)[] rights =
        [
            ("heartbeat/edge-xinli", PublishOutcome.Accepted),
            ("passage/xinli-service-area/3f", PublishOutcome.Accepted),
            ("heartbeat/edge-chengxi", PublishOutcome.Refused),
            ("passage/chengxi-exit/3f", PublishOutcome.Refused),
            ("recorded/0f8fad5bd9cb469fa16570867728950e", PublishOutcome.Refused),
        ];
        foreach (var (topic, outcome) in rights)
        {
            // A link for each: after a refused publish the connection ends, and the next one takes a moment.
            await using var link = await RunningLink.ConnectedAsync(Edge(broker));
            var got = await PublishAsync(link, $"{Topics.Root}/{topic}");
            Assert.True(got == outcome, $"{topic}: {got}\n{link.Log}");
        }
    }

    [Fact]
    public async Task The_password_is_read_from_its_file_at_every_connection()
    {
        await using var broker = await StartAsync();
        await File.WriteAllTextAsync(_folder["secret"], "wrong\n", TestContext.Current.CancellationToken);
        await using var link = new RunningLink(Edge(broker) with { Password = "", PasswordFile = _folder["secret"] });
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(LinkState.Connecting, link.Link.State);

        await File.WriteAllTextAsync(_folder["secret"], "geheim\n", TestContext.Current.CancellationToken);
        await link.Link.WaitUntilConnectedAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("a broker of another authority", "stranger", true, "localhost")]
    [InlineData("a broker of another name", "ca", true, "example.org")]
    [InlineData("no certificate of its own", "ca", false, "localhost")]
    public async Task A_link_does_not_connect(string to, string authority, bool ownCertificate, string name)
    {
        await using var broker = await StartAsync();
        var options = Edge(broker);
        await using var link = new RunningLink(options with
        {
            Tls = options.Tls with
            {
                CaFile = _folder[$"{authority}.pem"],
                CertificateFile = ownCertificate ? _folder["edge.pem"] : "",
                KeyFile = ownCertificate ? _folder["edge.key"] : "",
                ServerName = name,
            },
        });

        await Task.Delay(1500, TestContext.Current.CancellationToken);
        Assert.True(link.Link.State == LinkState.Connecting, $"connected with {to}");
    }

    public void Dispose() => _folder.Dispose();

    private Task<MosquittoProcess> StartAsync()
    {
        Run("mosquitto_passwd", "-b", "-c", _folder["passwd"], "edge-xinli", "geheim");
        return MosquittoProcess.StartAsync((configuration, _) => configuration.Replace("allow_anonymous true", $"""
            allow_anonymous false
            cafile {_folder["ca.pem"]}
            certfile {_folder["broker.pem"]}
            keyfile {_folder["broker.key"]}
            tls_version tlsv1.2
            require_certificate true
            password_file {_folder["passwd"]}
            acl_file {Path.Combine(Checkout.Root, "deploy", "mosquitto.acl")}
            """, StringComparison.Ordinal));
    }

    private MqttLinkOptions Edge(MosquittoProcess broker) => new()
    {
        Port = broker.Port,
        ClientId = "edge-xinli",
        User = "edge-xinli",
        Password = "geheim",
        Tls = new MqttTlsOptions
        {
            Enabled = true,
            CaFile = _folder["ca.pem"],
            CertificateFile = _folder["edge.pem"],
            KeyFile = _folder["edge.key"],
            ServerName = "localhost",
        },
    };

    private static Task<PublishOutcome> PublishAsync(RunningLink link, string topic) =>
        link.Link.PublishAsync(topic, "{}"u8.ToArray(), retain: false, TestContext.Current.CancellationToken);

    private void Authority(string name) => Run(
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
        "-subj", $"/CN={name}", "-keyout", _folder[$"{name}.key"], "-out", _folder[$"{name}.pem"]);

    private void Certificate(string name, string authority, string extension)
    {
        Run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", $"/CN={name}", "-keyout", _folder[$"{name}.key"], "-out", _folder[$"{name}.csr"]);
        File.WriteAllText(_folder[$"{name}.ext"], extension + "\n");
        Run(
            "openssl", "x509", "-req", "-days", "2", "-in", _folder[$"{name}.csr"], "-CA", _folder[$"{authority}.pem"], "-CAkey", _folder[$"{authority}.key"],
            "-CAcreateserial", "-extfile", _folder[$"{name}.ext"], "-out", _folder[$"{name}.pem"]);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }
}
