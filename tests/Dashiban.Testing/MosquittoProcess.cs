using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Xunit;

namespace Dashiban.Testing;

/// <summary>
/// A real mosquitto on a free loopback port with the shipped configuration. It can be killed and started again on the same port with
/// the same persistence, and paused.
/// </summary>
public sealed class MosquittoProcess : IAsyncDisposable
{
    private const string Program = "/usr/sbin/mosquitto";

    private readonly ScratchFolder _folder = new();
    private readonly string _configuration;
    private Process? _process;

    private MosquittoProcess(int port, Func<string, string, string> change)
    {
        Port = port;
        _configuration = _folder["mosquitto.conf"];
        File.WriteAllText(_configuration, change(Shipped(), _folder.Root));
    }

    public int Port { get; }

    public int ProcessId => _process!.Id;

    /// <summary>Starts a broker; skips the test where mosquitto is not installed.</summary>
    /// <param name="change">Turns the configuration (first argument) into another; the second argument is the broker's folder.</param>
    public static async Task<MosquittoProcess> StartAsync(Func<string, string, string>? change = null)
    {
        if (!File.Exists(Program))
        {
            Assert.Skip($"{Program} is not installed: apt-get install mosquitto");
        }

        var broker = new MosquittoProcess(Checkout.FreePort(), change ?? ((configuration, _) => configuration));
        await broker.StartAgainAsync();
        return broker;
    }

    public async Task StartAgainAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Program, ["-c", _configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        for (var attempt = 0; !await ListensAsync(); attempt++)
        {
            Assert.True(attempt < 200 && !_process.HasExited, $"mosquitto did not start with {_configuration}");
            await Task.Delay(25);
        }
    }

    /// <summary>kill −9.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>A broker that is there but does not answer.</summary>
    public void Pause() => Signal("STOP");

    public void Resume() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    private string Shipped()
    {
        var lines = File.ReadAllLines(Path.Combine(Checkout.Root, "deploy", "mosquitto.conf"));
        var here = lines.Select(line => line switch
        {
            "listener 1883 127.0.0.1" => string.Create(CultureInfo.InvariantCulture, $"listener {Port} 127.0.0.1"),
            "persistence_location /var/lib/mosquitto/" => $"persistence_location {_folder.Root}/",
            _ => line,
        });
        // Started as root, the broker would turn into a user that cannot write the folder.
        return string.Join('\n', here.Append("user root")) + "\n";
    }

    private async Task<bool> ListensAsync()
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
