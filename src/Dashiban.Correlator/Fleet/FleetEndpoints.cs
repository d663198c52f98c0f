using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dashiban.Correlator.Fleet;

/// <summary>The fleet for machines.</summary>
internal static class FleetEndpoints
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/fleet", (FleetBoard board) => TypedResults.Ok(board.View()))
        .WithTags("Fleet").WithName("ReadFleet").WithSummary("Edges and cameras with state, 24 hours of coverage, books and latencies.");
}
