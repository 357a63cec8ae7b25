package gyre.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Has the load measure one window on a server, and asks the server at both ends what it has used up. */
final class Window {
    private final Child load;
    private final Processors processors;

    Window(Child load, Processors processors) {
        this.load = load;
        this.processors = processors;
    }

    /** @throws IOException if an answer was wrong or missing, or a process is gone */
    Sample measure(Server server, Cell cell, int pass, int rate, int warm, int window) throws IOException {
        load.say("transport=" + cell.transport() + " address=" + server.address() + " connections=" + cell.connections()
                + " bytes=" + cell.bytes() + " depth=" + cell.depth() + " rate=" + rate + " alone=" + processors.apart()
                + " warm=" + warm + " window=" + window);
        expect("ready");
        long all = ProcessorTime.total();
        Fields before = server.mark();
        load.say("go");
        Fields result = new Fields(expect("result"));
        Fields after = server.mark();
        all = ProcessorTime.total() - all;
        long nanos = result.number("elapsed");
        long cpu = after.number("cpu") - before.number("cpu");
        if (result.number("requests") == 0) {
            throw new IOException("there was no answer");
        }
        return new Sample(
                server.contender(),
                cell,
                pass,
                rate,
                result.number("requests"),
                nanos,
                cpu,
                after.number("allocated") - before.number("allocated"),
                after.number("collections") - before.number("collections"),
                (after.number("compiling") - before.number("compiling")) * 1e6 / nanos,
                after.number("resident"),
                result.number("lost"),
                1 - (double) result.number("idle") / nanos,
                Double.parseDouble(result.text("fairness")),
                result.number("lag99"),
                Math.max(0, (double) (all - cpu - result.number("cpu")) / nanos),
                decode(result.text("latencies")));
    }

    private String expect(String word) throws IOException {
        String line = load.hear();
        if (!line.startsWith(word)) {
            throw new IOException(line);
        }
        return line;
    }

    private static Histogram decode(String text) throws IOException {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (DataFormatException e) {
            throw new IOException("the load's figures can't be read", e);
        }
    }
}
