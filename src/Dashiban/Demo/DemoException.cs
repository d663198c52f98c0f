namespace Dashiban.Demo;

/// <summary>The demo cannot go on; the message tells the person at the keyboard what to do.</summary>
internal sealed class DemoException(string message) : Exception(message);
