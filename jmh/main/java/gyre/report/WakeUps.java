package gyre.report;

import gyre.report.wake.WakeMain;
import gyre.report.wake.Way;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Has threads woken in a process of its own, in all ways by turns, in random order. */
final class WakeUps {
    private static final int WARM = 10; // passes that do not count
    private static final double PASS = 0.4; // seconds

    private final Plan plan;
    private final Processors processors;
    private final Results results;
    private final Progress progress;
    private final Random random = new Random();

    WakeUps(Plan plan, Processors processors, Results results, Progress progress) {
        this.plan = plan;
        this.processors = processors;
        this.results = results;
        this.progress = progress;
    }

    /** About how many seconds it takes. */
    static double seconds(Plan plan) {
        return plan.wakes() == 0 ? 0 : plan.starts() * (plan.wakes() + WARM) * PASS;
    }

    void run() {
        for (int start = 0; start < plan.starts(); start++) {
            List<Way> ways = new ArrayList<>(List.of(Way.values()));
            String[] cpus = {String.valueOf(processors.server()), String.valueOf(processors.load())};
            try (Child process = Child.start(List.of(), WakeMain.class, cpus)) {
                for (int pass = -WARM; pass < plan.wakes(); pass++) {
                    Collections.shuffle(ways, random);
                    pass(process, ways, pass < 0 ? pass : start * plan.wakes() + pass);
                    progress.done(PASS, "wake-ups");
                }
            } catch (IOException | RuntimeException e) {
                results.fail("wake-ups: " + e.getMessage());
            }
        }
    }

    private void pass(Child process, List<Way> ways, int number) throws IOException {
        for (Way way : ways) {
            process.say(way.id());
            String line = process.hear();
            String missing = Unavailable.reason(line);
            if (missing != null) {
                results.miss(way.title(), missing);
            } else if (number >= 0) {
                Fields told = new Fields(line);
                results.add(new WakeUp(way, number, told.number("p50"), told.number("p99")));
            }
        }
    }
}
