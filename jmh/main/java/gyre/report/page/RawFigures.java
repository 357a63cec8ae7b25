package gyre.report.page;

import gyre.report.Plan;
import gyre.report.Results;
import gyre.report.Sample;
import gyre.report.Score;
import gyre.report.WakeUp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every sample and score, with all that was measured, for those who want other figures than the page has. */
public final class RawFigures {
    private static final List<Double> PERCENTILES = List.of(0.0, 25.0, 50.0, 75.0, 90.0, 99.0, 99.9, 99.99, 100.0);

    private RawFigures() {}

    /** For {@link Json}. */
    public static Map<String, Object> of(Results results, Plan plan, Map<String, String> machine) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("machine", machine);
        raw.put(
                "plan",
                Map.of(
                        "starts", plan.starts(),
                        "passes", plan.passes(),
                        "warm_ms", plan.warm(),
                        "window_ms", plan.window()));
        raw.put("missing", results.missing());
        raw.put("failures", results.failures());
        raw.put("samples", results.samples().stream().map(RawFigures::sample).toList());
        raw.put("benchmarks", results.scores().stream().map(RawFigures::score).toList());
        raw.put("wake_ups", results.wakeUps().stream().map(RawFigures::wakeUp).toList());
        return raw;
    }

    private static Map<String, Object> wakeUp(WakeUp wakeUp) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("way", wakeUp.way().id());
        raw.put("pass", wakeUp.pass());
        raw.put("p50_ns", wakeUp.median());
        raw.put("p99_ns", wakeUp.p99());
        return raw;
    }

    private static Map<String, Object> sample(Sample sample) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("server", sample.contender().id());
        raw.put("cell", sample.cell().id());
        raw.put("pass", sample.pass());
        raw.put("rate", sample.rate());
        raw.put("requests", sample.requests());
        raw.put("ns", sample.nanos());
        raw.put("server_cpu_ns", sample.cpuNanos());
        raw.put("server_allocated_bytes", sample.allocated());
        raw.put("server_collections", sample.collections());
        raw.put("server_compiling", sample.compiling());
        raw.put("server_resident_kib", sample.residentKib());
        raw.put("lost", sample.lost());
        raw.put("load_busy", sample.busy());
        raw.put("load_lag_p99_ns", sample.lag99());
        raw.put("fairness", sample.fairness());
        raw.put("foreign_cpu", sample.foreign());
        List<Object> latencies = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            latencies.add(List.of(percentile, sample.latencies().getValueAtPercentile(percentile)));
        }
        raw.put("latency_ns", latencies);
        return raw;
    }

    private static Map<String, Object> score(Score score) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("benchmark", score.benchmark());
        raw.put("params", score.params());
        raw.put("score", score.score());
        raw.put("error", score.error());
        raw.put("unit", score.unit());
        raw.put("allocated_bytes", score.allocated());
        return raw;
    }
}
