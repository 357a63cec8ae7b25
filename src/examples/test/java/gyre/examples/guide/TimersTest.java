package gyre.examples.guide;

import static gyre.examples.guide.RunningLoop.client;
import static gyre.examples.guide.RunningLoop.read;
import static gyre.examples.guide.RunningLoop.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Outcome;
import gyre.future.Split;
import gyre.io.Io;
import gyre.io.codec.Lines;
import gyre.net.Deadlines;
import gyre.net.TcpStream;
import gyre.reactor.Backoff;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.reactor.Interval;
import gyre.reactor.JoinHandle;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimersTest {
    @Test
    void ticks() throws Exception {
        long start = System.nanoTime();
        AtomicInteger ticks = new AtomicInteger();
        try (Core core = Core.open()) {
            Handle handle = core.handle();
            // guide: ticks
            Future<Void> first = handle.sleep(Duration.ofMillis(20));
            Future<Void> thenFive =
                    Interval.every(Duration.ofMillis(10), handle).take(5).forEach(tick -> ticks.incrementAndGet());
            core.run(first.andThen(done -> thenFive));
            // end
        }
        assertEquals(5, ticks.get());
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(50).toNanos());
    }

    // guide: idle
    static Future<Void> echoUntilIdle(TcpStream socket, Duration limit, Handle handle) {
        Io watched = Deadlines.NONE.idle(limit).total(limit.multipliedBy(60)).on(socket, handle);
        return Futures.using(Lines.framed(watched), lines -> {
            Split<String, String> halves = lines.split();
            return halves.stream().forward(halves.sink());
        });
    }
    // end

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        Duration limit = Duration.ofMillis(200);
        try (RunningLoop loop = new RunningLoop();
                Socket client = client(CodecTest.serve(
                        loop,
                        socket -> echoUntilIdle(socket, limit, loop.handle()).recover(late -> null)))) {
            write(client, "here\n");
            assertEquals("here\n", read(client, 5));
            long last = System.nanoTime();
            assertEquals("", read(client, 1));
            assertTrue(System.nanoTime() - last >= limit.toNanos() / 2, "closed too early");
        }
    }

    @Test
    void abortCancels() throws Exception {
        List<Outcome<String>> seen = new ArrayList<>();
        try (Core core = Core.open()) {
            Handle handle = core.handle();
            // guide: abort
            JoinHandle<String> job = handle.spawn(
                    handle.sleep(Duration.ofHours(1)).map(done -> "finished").onEnd(seen::add));
            job.abort();
            Outcome<String> outcome = core.run(job.outcome());
            // end
            assertTrue(outcome.isFailure(), "whoever waits for it hears of it as of a failure");
        }
        assertEquals(List.of(Outcome.cancelled()), seen);
    }

    @Test
    void retries() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (Core core = Core.open()) {
            Handle handle = core.handle();
            // guide: retry
            Backoff backoff = Backoff.of(5, Duration.ofMillis(10), Duration.ofSeconds(1));
            Future<Integer> answer = handle.retry(() -> attempt(attempts), backoff);
            // end
            assertEquals(3, core.run(answer));
        }
    }

    private static Future<Integer> attempt(AtomicInteger attempts) throws IOException {
        if (attempts.incrementAndGet() < 3) {
            throw new IOException("not yet");
        }
        return Futures.ready(attempts.get());
    }
}
