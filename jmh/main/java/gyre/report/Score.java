package gyre.report;

/**
 * What a JMH benchmark came to.
 *
 * @param benchmark the class and the method: {@code SpawnBenchmark.remote}
 * @param params as {@code waiting=100}; empty if it has none
 * @param score the lower the better
 * @param error half of the 99.9 % confidence interval; NaN if there were too few iterations
 * @param allocated bytes an operation
 */
public record Score(String benchmark, String params, double score, double error, String unit, double allocated) {
    /** The class. */
    public String group() {
        return benchmark.substring(0, benchmark.indexOf('.'));
    }

    public String method() {
        return benchmark.substring(benchmark.indexOf('.') + 1);
    }
}
