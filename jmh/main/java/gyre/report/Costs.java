package gyre.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What a spawn, a wake-up, a timer or a hand-over costs: some of the JMH benchmarks, run for a short time. */
final class Costs {
    private static final int MILLIS = 100;
    private static final double FORK = 0.9;
    private static final int VARIANTS = 4;

    private final Plan plan;
    private final Path log;

    /** @param log a file for what JMH has to say */
    Costs(Plan plan, Path log) {
        this.plan = plan;
        this.log = log;
    }

    /** About how many seconds it takes. */
    static double seconds(Plan plan) {
        return plan.benchmarks().size() * each(plan);
    }

    void run(Results results, Progress progress) {
        for (String benchmark : plan.benchmarks()) {
            try {
                results.add(run(benchmark));
            } catch (RunnerException e) {
                results.fail(benchmark + ": " + e.getMessage());
            }
            progress.done(each(plan), benchmark);
        }
    }

    private List<Score> run(String benchmark) throws RunnerException {
        int half = Math.max(1, plan.iterations() / 2);
        Options options = new OptionsBuilder()
                .include("\\." + benchmark + "\\.")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(half)
                .warmupTime(TimeValue.milliseconds(MILLIS))
                .measurementIterations(plan.iterations() - half)
                .measurementTime(TimeValue.milliseconds(MILLIS))
                .addProfiler(GCProfiler.class)
                .output(log.toString())
                .build();
        return scores(new Runner(options).run());
    }

    private static List<Score> scores(Collection<RunResult> runs) {
        List<Score> scores = new ArrayList<>();
        for (RunResult run : runs) {
            BenchmarkParams benchmark = run.getParams();
            String[] name = benchmark.getBenchmark().split("\\.");
            List<String> params = new ArrayList<>();
            for (String key : benchmark.getParamsKeys()) {
                params.add(key + "=" + benchmark.getParam(key));
            }
            Result<?> result = run.getPrimaryResult();
            Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
            scores.add(new Score(
                    name[name.length - 2] + "." + name[name.length - 1],
                    String.join(",", params),
                    result.getScore(),
                    result.getScoreError(),
                    result.getScoreUnit(),
                    allocated == null ? Double.NaN : allocated.getScore()));
        }
        return scores;
    }

    private static double each(Plan plan) {
        return VARIANTS * (FORK + plan.iterations() * MILLIS / 1e3);
    }
}
