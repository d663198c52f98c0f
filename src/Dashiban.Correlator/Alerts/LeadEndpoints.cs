using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Dashiban.Correlator.Leads;
using Dashiban.Domain.Correlation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Dashiban.Correlator.Alerts;

/// <summary>Leads for machines: list, open, settle, follow.</summary>
internal static class LeadEndpoints
{
    public const int ListLimit = 500;
    private const int TextLimit = 400;
    private const long DispositionBytes = 16 * 1024;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);
    private static readonly HashSet<LeadState> AnyState = [.. Enum.GetValues<LeadState>()];

    public static void Map(IEndpointRouteBuilder api)
    {
        var leads = api.MapGroup("/leads").WithTags("Leads");
        leads.MapGet("", ListAsync)
            .WithName("ListLeads").WithSummary("Leads with masked plates, the strongest first; open ones unless state says otherwise.");
        leads.MapGet("/{id:long}", OpenAsync)
            .WithName("OpenLead").WithSummary("One lead with its whole plate and timeline. Who looks and why is required and audited.");
        leads.MapPost("/{id:long}/dispositions", SettleAsync)
            .WithName("SettleLead").WithSummary("Records what a person found. A lead is never a verdict.")
            .WithMetadata(new RequestSizeLimitAttribute(DispositionBytes));
        leads.MapGet("/stream", Stream)
            .WithName("FollowLeads").WithSummary("Server-sent events; the event id is the journal position. Resume with Last-Event-ID or ?after=.");
    }

    private static async Task<Ok<IEnumerable<MaskedLead>>> ListAsync(
        ILeadDesk desk, CancellationToken cancel, [FromQuery] LeadState[]? state = null, [FromQuery] int limit = 100)
    {
        var states = state is { Length: > 0 } ? state.ToHashSet() : null;
        var leads = await desk.ListAsync(states, Math.Clamp(limit, 1, ListLimit), cancel);
        return TypedResults.Ok(leads.Select(MaskedLead.Of));
    }

    private static async Task<Results<Ok<OpenedLead>, NotFound, ValidationProblem>> OpenAsync(
        ILeadDesk desk, long id, CancellationToken cancel, [FromQuery] string? who = null, [FromQuery] string? why = null)
    {
        var errors = new Dictionary<string, string[]>();
        Demand(errors, nameof(who), who, "Say who looks.");
        Demand(errors, nameof(why), why, "Say why the plate must be seen; the audit journal keeps it.");
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        return await desk.OpenAsync(id, who!.Trim(), why!.Trim(), cancel) is { } lead
            ? TypedResults.Ok(OpenedLead.Of(lead))
            : TypedResults.NotFound();
    }

    private static async Task<Results<Ok<MaskedLead>, NotFound, ValidationProblem>> SettleAsync(
        ILeadDesk desk, TimeProvider time, long id, DispositionRequest request, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        Demand(errors, "by", request.By, "Say who decides.");
        Demand(errors, "reason", request.Reason, "Give the reason in words.");
        if (!Enum.IsDefined(request.Verdict))
        {
            errors["verdict"] = [$"One of {string.Join(", ", Enum.GetNames<DispositionVerdict>())}."];
        }

        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var word = new Disposition(request.Verdict, request.Reason.Trim(), request.By.Trim(), time.GetUtcNow());
        return await desk.SettleAsync(id, word, cancel) is { } lead
            ? TypedResults.Ok(MaskedLead.Of(lead))
            : TypedResults.NotFound();
    }

    private static Results<ServerSentEventsResult<LeadEvent>, ValidationProblem> Stream(
        ILeadDesk desk,
        AlertFeed feed,
        CancellationToken cancel,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId = null,
        [FromQuery] long? after = null)
    {
        if (!TryPosition(lastEventId, after, out var position))
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]>
            {
                ["Last-Event-ID"] = ["A journal position: a whole number, 0 or more."],
            });
        }

        return TypedResults.ServerSentEvents(EventsAsync(desk, feed, position, cancel));
    }

    private static async IAsyncEnumerable<SseItem<LeadEvent>> EventsAsync(
        ILeadDesk desk, AlertFeed feed, long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var batch in feed.FollowAsync(after, Quiet, cancel))
        {
            if (batch.Entries.Count == 0)
            {
                // No id: a browser that reconnects must resume after the last real event.
                yield return new(new(batch.Position, 0, "Quiet", default, null), "quiet");
                continue;
            }

            var leads = (await desk.ListAsync(AnyState, ListLimit, cancel)).ToDictionary(lead => lead.Id);
            foreach (var entry in batch.Entries)
            {
                var summary = leads.TryGetValue(entry.LeadId, out var lead) ? MaskedLead.Of(lead) : null;
                var change = new LeadEvent(entry.Position, entry.LeadId, entry.Kind?.ToString() ?? "Settled", entry.At, summary);
                yield return new(change, "lead") { EventId = entry.Position.ToString(CultureInfo.InvariantCulture) };
            }
        }
    }

    /// <summary>The header wins: a browser sends it when it reconnects to an address that still carries the old query.</summary>
    private static bool TryPosition(string? lastEventId, long? after, out long position)
    {
        position = after ?? 0;
        return (string.IsNullOrEmpty(lastEventId)
            || long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out position)) && position >= 0;
    }

    private static void Demand(Dictionary<string, string[]> errors, string name, string? value, string sentence)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            errors[name] = [sentence];
        }
        else if (value.Length > TextLimit)
        {
            errors[name] = [$"At most {TextLimit} characters."];
        }
    }
}
