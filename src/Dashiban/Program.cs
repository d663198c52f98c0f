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
// The library would end the process two seconds after SIGTERM; a role drains for ten and ends by itself (RoleProcess).
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return parsed.Errors.Count > 0 ? WrongUsage : exitCode;
