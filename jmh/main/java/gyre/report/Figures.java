package gyre.report;

import gyre.report.wake.Way;
import java.util.List;
import java.util.Optional;

/**
 * The figures that bounds are about, by name:
 *
 * <ul>
 *   <li>{@code cpu:tcp/64x64x1:gyre-epoll/nio}: the one's CPU time per request over the other's, the median of the passes;
 *   <li>{@code allocated:tcp/64x64x1:gyre-epoll}: bytes per request, the median;
 *   <li>{@code jmh:TimerWheelBenchmark:wheel/heap:waiting=100}: the one method's score over the other's, with these params;
 *   <li>{@code wake:p50:spawn/linkedTransferQueue}: the median wake-up by the one way over the other's, the median of the passes.
 * </ul>
 */
final class Figures {
    static final String WAKES = "p50";

    private Figures() {}

    /**
     * NaN if it was not measured.
     *
     * @throws IllegalArgumentException if there is no figure of this name
     */
    static double of(String name, Results results) {
        String[] parts = name.split(":");
        if (parts.length < 3) {
            throw new IllegalArgumentException("there is no figure \"" + name + "\"");
        }
        return switch (parts[0]) {
            case "cpu" -> {
                String[] pair = pair(name, parts[2]);
                yield cell(parts[1], results)
                        .map(cell -> results.ratio(
                                        Contender.of(pair[0]), Contender.of(pair[1]), cell, Sample::cpuPerRequest)
                                .median())
                        .orElse(Double.NaN);
            }
            case "allocated" ->
                cell(parts[1], results)
                        .map(cell -> results.spread(Contender.of(parts[2]), cell, Sample::allocatedPerRequest)
                                .median())
                        .orElse(Double.NaN);
            case "jmh" -> {
                String[] pair = pair(name, parts[2]);
                String params = parts.length > 3 ? parts[3] : "";
                List<Score> scores = results.scores();
                yield score(scores, parts[1] + "." + pair[0], params) / score(scores, parts[1] + "." + pair[1], params);
            }
            case "wake" -> {
                String[] pair = pair(name, parts[2]);
                yield results.ratio(Way.of(pair[0]), Way.of(pair[1])).median();
            }
            default -> throw new IllegalArgumentException("there is no figure \"" + name + "\"");
        };
    }

    /** The cell or the benchmark that a figure is made of, or {@link #WAKES}. */
    static String source(String name) {
        return name.split(":")[1];
    }

    private static String[] pair(String name, String text) {
        String[] pair = text.split("/");
        if (pair.length != 2) {
            throw new IllegalArgumentException("\"" + name + "\" is a ratio and names no pair");
        }
        return pair;
    }

    private static Optional<Cell> cell(String id, Results results) {
        return results.samples().stream()
                .map(Sample::cell)
                .filter(cell -> cell.id().equals(id))
                .findFirst();
    }

    private static double score(List<Score> scores, String benchmark, String params) {
        return scores.stream()
                .filter(score ->
                        score.benchmark().equals(benchmark) && score.params().equals(params))
                .mapToDouble(Score::score)
                .findFirst()
                .orElse(Double.NaN);
    }
}
