using System.Net;
using System.Net.Sockets;

namespace Dashiban.Testing;

/// <summary>The checkout that the tests run in, and what its machine lends them.</summary>
public static class Checkout
{
    /// <summary>The folder with Dashiban.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A loopback port that nobody listens on at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dashiban.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run from inside a checkout: Dashiban.sln was not found above them.");
    }
}
