package gyre.report.load;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a run of the load came to.
 *
 * @param latencies ns from when a request was due, or in a closed loop was sent, to its answer
 * @param lag how much later than due the load sent a request, ns
 * @param elapsed ns from the first request to the last answer
 * @param idle ns in which the load looked and there was nothing
 * @param cpu ns of CPU time that the load's thread took
 * @param lost requests that no answer came to
 */
record Outcome(Histogram latencies, Histogram lag, List<Link> links, long elapsed, long idle, long cpu, long lost) {
    /** Jain's index of the connections' answers: 1 if each has got as many, 1/n if one has got all. */
    double fairness() {
        double sum = 0;
        double squares = 0;
        for (Link link : links) {
            sum += link.answers();
            squares += (double) link.answers() * link.answers();
        }
        return squares == 0 ? 0 : sum * sum / (links.size() * squares);
    }

    /** One line of {@link gyre.report.Fields}. */
    String line() {
        ByteBuffer packed = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
        int length = latencies.encodeIntoCompressedByteBuffer(packed);
        byte[] bytes = new byte[length];
        packed.get(0, bytes);
        return "result requests=" + latencies.getTotalCount() + " elapsed=" + elapsed + " idle=" + idle + " cpu=" + cpu
                + " lost=" + lost
                + " lag99=" + lag.getValueAtPercentile(99) + " fairness=" + fairness() + " latencies="
                + Base64.getEncoder().encodeToString(bytes);
    }
}
