package gyre.report.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Asks and takes answers on one thread that does not sleep, so that the servers pay for no one's being woken but their own.
 * Each run begins and ends with nothing under way: what a server has used up in between belongs to exactly these requests.
 *
 * <p>In a closed loop, what is answered is asked again at once. In an open one requests are due at fixed times, whatever the
 * server does; a latency counts from then, so that a stall is paid for by all that became due meanwhile.
 */
final class Load implements Link.Answers, Closeable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);
    private static final long LOST_AFTER = TimeUnit.MILLISECONDS.toNanos(500);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Selector selector;
    private final List<Link> links;
    private final int depth;
    private final double interval;
    private final boolean alone;
    private final boolean lossy;
    private final Consumer<SelectionKey> ready = this::ready;

    private Histogram latencies = new Histogram(1);
    private Histogram lag = new Histogram(1);
    private boolean asking;
    private long underWay;
    private long start;
    private long scheduled;
    private long last;
    private long lost;

    /**
     * @param depth requests of a connection under way at a time, for a closed loop
     * @param rate requests of all connections in a second, for an open loop; 0 for a closed one
     * @param alone whether this thread has a CPU of its own, and need not give way
     * @param lossy whether requests may get lost
     */
    Load(Selector selector, List<Link> links, int depth, int rate, boolean alone, boolean lossy) {
        this.selector = selector;
        this.links = links;
        this.depth = depth;
        interval = rate == 0 ? 0 : 1e9 / rate;
        this.alone = alone;
        this.lossy = lossy;
    }

    /** @throws IOException if an answer is wrong, or for a stream also if one is missing */
    Outcome run(long nanos) throws IOException {
        latencies = new Histogram(100, TimeUnit.MINUTES.toNanos(1), 3);
        lag = new Histogram(100, TimeUnit.MINUTES.toNanos(1), 2);
        links.forEach(Link::forgetAnswers);
        lost = 0;
        long idle = 0;
        boolean found = true;
        asking = true;
        scheduled = 0;
        long cpu = threads.getCurrentThreadCpuTime();
        start = System.nanoTime();
        last = start;
        if (interval == 0) {
            for (Link link : links) {
                refill(link, start);
            }
        }
        long before = start;
        long look = start + LOST_AFTER;
        while (asking || underWay > 0) {
            long now = System.nanoTime();
            if (!found) {
                idle += now - before;
            }
            before = now;
            found = interval > 0 && asking && askDue(Math.min(now, start + nanos));
            if (now - start >= nanos) {
                asking = false;
                if (now - start >= nanos + PATIENCE) {
                    break;
                }
            }
            if (lossy && now >= look) {
                lookForLost(now);
                look = now + LOST_AFTER / 5;
            }
            try {
                found |= selector.selectNow(ready) > 0;
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            if (!found) {
                if (alone) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        }
        for (Link link : links) {
            lost += link.abandon();
        }
        underWay = 0;
        return new Outcome(latencies, lag, links, last - start, idle, threads.getCurrentThreadCpuTime() - cpu, lost);
    }

    @Override
    public void answered(Link link, long due) {
        long now = System.nanoTime();
        last = now;
        latencies.recordValue(Math.min(now - due, latencies.getHighestTrackableValue()));
        goOn(link, now);
    }

    @Override
    public void lost(Link link) {
        lost++;
        goOn(link, System.nanoTime());
    }

    /** The request is done with; in a closed loop another one takes its place. */
    private void goOn(Link link, long now) {
        if (asking && interval == 0) {
            link.ask(now);
        } else {
            underWay--;
        }
    }

    @Override
    public void close() throws IOException {
        for (Link link : links) {
            link.close();
        }
        selector.close();
    }

    private void ready(SelectionKey key) {
        Link link = (Link) key.attachment();
        try {
            if (key.isReadable()) {
                link.receive(this);
            }
            link.send();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them, however late: one left out would be one whose latency nobody sees. */
    private boolean askDue(long now) throws IOException {
        boolean any = false;
        for (long due; (due = start + (long) (scheduled * interval)) <= now; scheduled++) {
            Link link = links.get((int) (scheduled % links.size()));
            underWay++;
            link.ask(due);
            link.send();
            lag.recordValue(Math.min(System.nanoTime() - due, lag.getHighestTrackableValue()));
            any = true;
        }
        return any;
    }

    /** A socket whose oldest request has had no answer for so long gets none; in a closed loop it starts afresh. */
    private void lookForLost(long now) throws IOException {
        for (Link link : links) {
            if (link.due.size() > 0 && now - link.due.peek() > LOST_AFTER) {
                underWay -= link.due.size();
                lost += link.abandon();
                if (asking && interval == 0) {
                    refill(link, now);
                }
            }
        }
    }

    private void refill(Link link, long now) throws IOException {
        for (int i = 0; i < depth; i++) {
            underWay++;
            link.ask(now);
        }
        link.send();
    }
}
