package gyre.report;

import gyre.report.page.HtmlPage;
import gyre.report.page.Json;
import gyre.report.page.RawFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What {@code scripts/bench} starts: the report, or with {@code --check} the comparison with {@code bounds.txt}. */
public final class Report {
    private Report() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            say(e.getMessage() + "; scripts/bench -h tells what there is.");
            System.exit(2);
            return;
        }
        Processors processors = Processors.choose();
        if (processors.note() != null) {
            say(processors.note());
        }
        if (arguments.check()) {
            System.exit(new Check(processors, Path.of(arguments.out())).passes() ? 0 : 1);
        }
        report(arguments, processors);
    }

    private static void report(Arguments arguments, Processors processors) throws IOException {
        Path page = Path.of(arguments.out()).toAbsolutePath();
        Files.createDirectories(page.getParent());
        Plan plan = arguments.quick() ? Plan.quick() : Plan.full();
        long start = System.nanoTime();
        Map<String, String> machine = Machine.describe(processors);
        String before = Machine.load();
        Results results = measure(plan, processors, beside(page, ".log"));
        machine.put("Load average", before + " before, " + Machine.load() + " after");
        machine.put(
                "Took",
                Duration.ofSeconds((System.nanoTime() - start) / 1_000_000_000)
                        .toString()
                        .substring(2));

        Path raw = beside(page, ".json");
        Files.writeString(raw, Json.text(RawFigures.of(results, plan, machine)));
        Files.writeString(
                page, new HtmlPage(results, plan, machine, raw.getFileName().toString()).text());
        results.missing().forEach((server, why) -> say("There is no " + server + " here: " + why));
        results.failures().forEach(failure -> say("FAILED: " + failure));
        say("The report is " + page + "; the raw figures are in " + raw + ".");
    }

    /** @param log for what JMH has to say */
    static Results measure(Plan plan, Processors processors, Path log) throws IOException {
        Results results = new Results();
        Progress progress = new Progress(Series.seconds(plan) + WakeUps.seconds(plan) + Costs.seconds(plan));
        if (!plan.cells().isEmpty()) {
            new Series(plan, processors, results, progress).run();
        }
        if (plan.wakes() > 0) {
            new WakeUps(plan, processors, results, progress).run();
        }
        new Costs(plan, log).run(results, progress);
        progress.end();
        return results;
    }

    static void say(String line) {
        System.err.println("gyre: " + line);
    }

    private static Path beside(Path page, String suffix) {
        String name = page.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return page.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + suffix);
    }
}
