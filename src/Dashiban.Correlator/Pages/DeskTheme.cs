using MudBlazor;

namespace Dashiban.Correlator.Pages;

/// <summary>Colours and type of the library's own controls, the same as in <c>desk.css</c>. Fonts are those of the machine.</summary>
internal static class DeskTheme
{
    private static readonly string[] Fonts =
        ["Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "sans-serif"];

    public static MudTheme Value { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1f5aa8",
            Secondary = "#15294b",
            Error = "#b3261e",
            Warning = "#a86a00",
            Success = "#2f7a4d",
            Background = "#eef1f5",
            Surface = "#ffffff",
            TextPrimary = "#17202c",
            TextSecondary = "#56636f",
            LinesDefault = "#d9dfe6",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "14px", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "14px", LetterSpacing = "normal", TextTransform = "none" },
            Body1 = new Body1Typography { FontFamily = Fonts, FontSize = "14px", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Fonts, FontSize = "13px", LetterSpacing = "normal" },
            Subtitle1 = new Subtitle1Typography { FontFamily = Fonts, LetterSpacing = "normal" },
            Caption = new CaptionTypography { FontFamily = Fonts, LetterSpacing = "normal" },
        },
    };
}
