using Dashiban.Correlator.Leads;
using Dashiban.Correlator.Register;

namespace Dashiban.IntegrationTests.Register;

public sealed class MemoryRegisterTests : RegisterContract
{
    private readonly MemoryPlateRegister _register;

    public MemoryRegisterTests() => _register = new MemoryPlateRegister(Pack, Clock);

    protected override IPlateRegister Register => _register;

    protected override ILeadDesk Desk => _register;

    protected override Task<IReadOnlyList<AuditEntry>> ReadAuditAsync() => Task.FromResult(_register.AuditTrail());
}
