package gyre.report;

import org.HdrHistogram.Histogram;

/**
 * One window of one cell on one server.
 *
 * @param pass counts up over all starts; what belongs to one pass was measured seconds apart
 * @param rate open loop: requests in a second that were due; 0 for a closed one
 * @param nanos from the first request to the last answer
 * @param cpuNanos CPU time of the server's process
 * @param allocated bytes that the serving thread allocated
 * @param compiling the part of the time in which its compilers were at work: well above 0, the server was not warm
 * @param residentKib of the server's process, at the end
 * @param busy the part of the time in which the load found something to do: near 1, the load was the limit
 * @param lag99 ns that the load itself was late by, the 99th percentile
 * @param foreign CPU time of other programs, as a part of one CPU's
 */
public record Sample(
        Contender contender,
        Cell cell,
        int pass,
        int rate,
        long requests,
        long nanos,
        long cpuNanos,
        long allocated,
        long collections,
        double compiling,
        long residentKib,
        long lost,
        double busy,
        double fairness,
        long lag99,
        double foreign,
        Histogram latencies) {

    public double cpuPerRequest() {
        return (double) cpuNanos / requests;
    }

    public double allocatedPerRequest() {
        return (double) allocated / requests;
    }

    public double requestsPerSecond() {
        return requests * 1e9 / nanos;
    }

    /** In µs. */
    public double latency(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }
}
