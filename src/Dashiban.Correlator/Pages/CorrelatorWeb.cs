using Dashiban.Correlator.Alerts;
using Dashiban.Correlator.Fleet;
using Dashiban.Correlator.Leads;
using Dashiban.Domain.Passages;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MudBlazor.Services;

namespace Dashiban.Correlator.Pages;

/// <summary>The officer's page and the verbs for machines, as one web application.</summary>
public static class CorrelatorWeb
{
    /// <summary>The executable whose build lists the static assets; they are found beside it, whatever the working directory.</summary>
    private const string AssetsOwner = "dashiban";

    /// <summary>
    /// Builds the application; start it with <see cref="WebApplication.StartAsync"/>, then <see cref="WebApplication.Urls"/>
    /// tells the address. The caller owns it and everything passed in.
    /// </summary>
    /// <param name="options">Validated options.</param>
    /// <param name="desk">Where leads come from.</param>
    /// <param name="fleet">Kept up to date by whoever receives heartbeats.</param>
    /// <param name="sites">Names of sites.</param>
    /// <param name="time">The centre's clock.</param>
    /// <param name="configure">Logging and the like; runs before the application is built.</param>
    public static WebApplication Build(
        WebOptions options,
        ILeadDesk desk,
        FleetBoard fleet,
        SiteMap sites,
        TimeProvider time,
        Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = AssetsOwner,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.Warning);
        builder.WebHost.UseStaticWebAssets().UseUrls(options.Listen).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = SceneEndpoints.SceneBytes;
        });
        builder.Services.AddSingleton(options).AddSingleton(desk).AddSingleton(fleet).AddSingleton(sites).AddSingleton(time);
        AddTo(builder.Services, options);
        configure?.Invoke(builder);
        var app = builder.Build();
        Map(app, options);
        return app;
    }

    private static void AddTo(IServiceCollection services, WebOptions options)
    {
        services.AddSingleton<AlertFeed>();
        services.AddScoped<LeadWatch>();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddCascadingAuthenticationState();
        services.AddAuthorization();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "dashiban";
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(options.SignInHours);
            cookie.SlidingExpiration = false;
            cookie.LoginPath = SignInEndpoints.Path;
        });
        services.AddAntiforgery();
        ProtectKeys(services.AddDataProtection().SetApplicationName(AssetsOwner), options.KeysFolder);
        services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = [.. options.AllowedHosts]);
        services.AddProblemDetails();
        services.AddOpenApi(api => api.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter()));
    }

    private static void Map(WebApplication app, WebOptions options)
    {
        app.UseHostFiltering();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = error => error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,

            // A bad request is the sender's business; it would fill the log with stack traces.
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.Use(SecurityHeaders.AddAsync);
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api"), api => api.UseStatusCodePages());
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets();
        app.MapOpenApi();
        SignInEndpoints.Map(app);
        var verbs = app.MapGroup("/api");
        SceneEndpoints.MapKeep(verbs);
        var guarded = verbs.MapGroup("").AddEndpointFilter(new ApiAccess(options.ApiToken));
        LeadEndpoints.Map(guarded);
        FleetEndpoints.Map(guarded);
        SceneEndpoints.MapRead(guarded);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    private static void ProtectKeys(IDataProtectionBuilder keys, string? folder)
    {
        if (folder is null)
        {
            keys.UseEphemeralDataProtectionProvider();
        }
        else
        {
            keys.PersistKeysToFileSystem(Directory.CreateDirectory(folder));
        }
    }
}
