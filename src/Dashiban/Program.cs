using System.CommandLine;
using System.Text;
using Dashiban;
using Dashiban.Demo;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var root = new RootCommand("Dashiban watches checkpoint cameras for vehicles of seven seats and more that carry passengers without a licence.")
{
    DemoCommand.Create(),
    EdgeCommand.Create(),
    CorrelatorCommand.Create(),
    CheckCommand.Create(),
    ReadCommand.Create(),
    ModelsCommand.Create(),
    ReplayCommand.Create(),
    RoadCommand.Create(),
    OutboxCommand.Create(),
};
const int WrongUsage = 2;
var parsed = root.Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? WrongUsage : exitCode;
