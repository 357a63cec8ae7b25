package gyre.report.page;

import gyre.report.Cell;
import gyre.report.Contender;
import gyre.report.Plan;
import gyre.report.Results;
import gyre.report.Sample;
import gyre.report.Spread;
import gyre.report.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The report as one file: no script, no picture and no font from elsewhere; well-formed XML, too. */
public final class HtmlPage {
    private static final double DISTURBED = 0.05;
    private static final double COMPILING = 0.05;

    private final Results results;
    private final Plan plan;
    private final Map<String, String> machine;
    private final String raw;
    private final StringBuilder out = new StringBuilder();

    /** @param raw the name of the file with the raw figures, beside the page */
    public HtmlPage(Results results, Plan plan, Map<String, String> machine, String raw) {
        this.results = results;
        this.plan = plan;
        this.machine = machine;
        this.raw = raw;
    }

    public String text() throws IOException {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append("<title>Gyre, measured</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<main>\n");
        heading();
        summary();
        for (Transport transport : Transport.values()) {
            if (!results.cells(transport).isEmpty()) {
                transport(transport);
            }
        }
        wakeUps();
        costs();
        method();
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    private void heading() {
        out.append("<h1>Gyre, measured</h1>\n");
        paragraph("Echo servers on " + machine.getOrDefault("Processor", "this machine") + ", "
                + machine.getOrDefault("JDK", "") + ", " + machine.getOrDefault("Date", "")
                + ". Lower is better wherever a ratio stands; the figures hold for this machine.");
        Spread foreign =
                Spread.of(results.samples().stream().map(Sample::foreign).toList());
        if (foreign.median() > DISTURBED) {
            warn("Other programs took " + Math.round(100 * foreign.median())
                    + " % of a CPU while this was measured (median of the windows; the worst had "
                    + Math.round(100 * foreign.max())
                    + " %). Close them and measure again before you believe a figure.");
        }
        Spread compiling =
                Spread.of(results.samples().stream().map(Sample::compiling).toList());
        if (compiling.max() > COMPILING) {
            warn("Compilers were at work for up to " + Math.round(100 * compiling.max())
                    + " % of a window, and of its repetitions: a server was not warm. The JSON tells which.");
        }
        if (machine.getOrDefault("Bound", "").endsWith(".")) {
            warn(machine.get("Bound"));
        }
        results.missing().forEach((server, why) -> warn("Not measured: " + server + ". It says: " + why));
        results.failures().forEach(failure -> warn("Failed: " + failure));
    }

    private void summary() {
        out.append("<h2>CPU time per request</h2>\n");
        paragraph("Over that of plain NIO: the geometric mean of all cells.");
        out.append(Tables.means(results));
        out.append("<h2>Beside the best of the others</h2>\n");
        paragraph(
                "The best is chosen anew for each cell and each figure. Ahead or behind means that three quarters of the"
                        + " passes say so; all else is level. In brackets: this over that, below 1 is ahead.");
        for (Contender contender : List.of(Contender.GYRE_EPOLL, Contender.GYRE_NIO)) {
            out.append("<h3>").append(contender.title()).append("</h3>\n");
            out.append("<div class=\"wide\"><table><thead><tr><th scope=\"col\">Figure</th><th scope=\"col\">Ahead</th>"
                            + "<th scope=\"col\">Level</th><th scope=\"col\">Behind</th></tr></thead>\n<tbody>\n")
                    .append(new Verdicts(results, contender).rows())
                    .append("</tbody></table></div>\n");
        }
    }

    private void transport(Transport transport) {
        out.append("<h2>").append(transport.title()).append("</h2>\n");
        legend(transport);
        figure(
                "CPU time per request over that of plain NIO, within one pass. Dot: median; thick: quartiles; thin: all.",
                new RatioChart(results, transport).draw());
        figure(
                "Throughput in a closed loop. Bar: median; line: quartiles. Each cell has its own scale.",
                new RateChart(results, transport).draw());
        out.append("<h3>Latency</h3>\n<div class=\"panels\">\n");
        for (Cell cell : results.cells(transport)) {
            figure(cell.title() + rate(cell), new CurveChart(results, cell).draw());
        }
        out.append("</div>\n<details><summary>All figures</summary>\n")
                .append(Tables.figures(results, transport))
                .append("</details>\n");
    }

    private void legend(Transport transport) {
        out.append("<p class=\"legend\">");
        for (Contender contender : results.contenders(transport)) {
            out.append("<span><i class=\"b-")
                    .append(contender.id())
                    .append("\"></i>")
                    .append(contender.title())
                    .append("</span>\n");
        }
        out.append("</p>\n");
    }

    private void wakeUps() {
        if (!results.wakeUps().isEmpty()) {
            out.append("<h2>Wake-up of a thread that sleeps</h2>\n");
            paragraph("From when one thread hands something over until the other, which slept on another CPU, has it; "
                    + results.wakeUps().size() + " blocks of 500. Most of it is the wake-up of the CPU.");
            out.append(Tables.wakeUps(results));
        }
    }

    private void costs() {
        if (!results.scores().isEmpty()) {
            out.append("<h2>Spawn, wake-up, timers, queues</h2>\n");
            paragraph("JMH benchmarks, run for a short time; scripts/bench --jmh runs them at length.");
            out.append(Tables.scores(results.scores()));
        }
    }

    private void method() {
        out.append("<h2>Method</h2>\n");
        paragraph(
                "Each server is a JVM of its own with the same flags and one serving thread; the load is another process with"
                        + " one thread on non-blocking java.nio channels, which polls and does not sleep. Every byte that comes back is"
                        + " compared with what was sent.");
        paragraph(
                "A cell is connections x bytes x depth. In a closed loop each connection always has that many requests under"
                        + " way. In an open loop (@) requests are due at a fixed rate, a part of what plain NIO took in a closed loop with"
                        + " depth 1, and the same for every server; latency counts from when a request was due, so that a stall is paid"
                        + " for by all that became due meanwhile.");
        paragraph("Servers were started " + plan.starts() + " times and had " + plan.passes()
                + " passes each time. In a pass every"
                + " server has one window of " + plan.window() + " ms in every cell, in random order, after "
                + plan.warm()
                + " ms of load; before the first pass, each had load until its compilers were done. A window begins and ends with nothing under way. CPU time is that of the server's whole"
                + " process, the kernel's part and the compilers included; allocation is that of the serving thread. Ratios are"
                + " made within a pass, and their median is told.");
        paragraph(
                "Where the load was busy all the time, it was the limit and not the server: then throughput and closed-loop"
                        + " latency understate the faster servers, and CPU time is the figure to go by.");
        out.append(Tables.facts(machine));
        out.append("<p>All samples: <a href=\"")
                .append(Svg.escape(raw))
                .append("\">")
                .append(Svg.escape(raw))
                .append("</a></p>\n");
    }

    private String rate(Cell cell) {
        return results.samples().stream()
                .filter(sample -> sample.cell().equals(cell) && sample.rate() > 0)
                .findFirst()
                .map(sample -> " (" + Quantity.rate(sample.rate()) + ")")
                .orElse("");
    }

    private void figure(String caption, String picture) {
        out.append("<figure><figcaption>")
                .append(Svg.escape(caption))
                .append("</figcaption>\n")
                .append(picture)
                .append("</figure>\n");
    }

    private void paragraph(String text) {
        out.append("<p>").append(Svg.escape(text)).append("</p>\n");
    }

    private void warn(String text) {
        out.append("<p class=\"warning\" role=\"note\">")
                .append(Svg.escape(text))
                .append("</p>\n");
    }

    private static String style() throws IOException {
        try (InputStream style = HtmlPage.class.getResourceAsStream("page.css")) {
            if (style == null) {
                throw new IOException("page.css is not on the class path");
            }
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
