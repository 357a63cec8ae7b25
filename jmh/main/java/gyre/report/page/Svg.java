package gyre.report.page;

import java.util.Locale;

/** A picture in the page. What things look like is said by their class, in {@code page.css}, for light and dark. */
final class Svg {
    private final StringBuilder out = new StringBuilder();

    /** @param title what those hear who don't see it */
    Svg(double width, double height, String title) {
        out.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" style=\"max-width:%.0fpx\" role=\"img\"><title>%s</title>\n",
                width,
                height,
                width,
                escape(title)));
    }

    Svg line(double x1, double y1, double x2, double y2, String style) {
        return add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>", x1, y1, x2, y2, style);
    }

    Svg bar(double x, double y, double width, double height, String style) {
        return add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\" class=\"%s\"/>",
                x, y, Math.max(0, width), height, style);
    }

    Svg dot(double x, double y, String style) {
        return add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" class=\"%s\"/>", x, y, style);
    }

    /** @param anchor {@code start}, {@code middle} or {@code end} of the text is at x */
    Svg text(double x, double y, String anchor, String style, String text) {
        return add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>",
                x, y, anchor, style, escape(text));
    }

    /** @param points as in the attribute {@code points} */
    Svg curve(String points, String style) {
        return add("<polyline points=\"%s\" class=\"%s\"/>", points, style);
    }

    @Override
    public String toString() {
        return out + "</svg>\n";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private Svg add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }
}
