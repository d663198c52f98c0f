using System.Net;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Dashiban.Demo;

/// <summary>
/// An MQTT broker inside the process, on loopback only, for the demo and for trying things out. It keeps nothing over a restart and
/// proves nothing about delivery: a deployment runs mosquitto with <c>deploy/mosquitto.conf</c>.
/// </summary>
internal sealed class EmbeddedBroker : IAsyncDisposable
{
    private readonly MqttServer _server;

    private EmbeddedBroker(MqttServer server, int port)
    {
        _server = server;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts a broker on 127.0.0.1; it accepts connections when the task completes.</summary>
    public static async Task<EmbeddedBroker> StartAsync(int port)
    {
        var factory = new MqttServerFactory();
        var options = factory.CreateServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(port)
            .WithPersistentSessions()
            .WithMaxPendingMessagesPerClient(100_000)
            .Build();
        var server = factory.CreateMqttServer(options);
        // Whoever is not on this machine cannot connect; a demo needs no passwords.
        server.ValidatingConnectionAsync += connection =>
        {
            connection.ReasonCode = MqttConnectReasonCode.Success;
            return Task.CompletedTask;
        };
        await server.StartAsync();
        return new EmbeddedBroker(server, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }
}
