package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Behaviour 23: a number's next owner never gets what was meant for the one before. */
@EveryBackend
class AbaTest extends OnLoop {
    AbaTest(Backend backend) {
        super(backend);
    }

    @Test
    void aReusedNumberNeverDeliversAcross() throws Exception {
        ServerSocket server = server();
        int reused = 0;
        for (int round = 0; round < 100; round++) {
            TcpStream old = later(run(TcpStream.connect(loopback(server.getLocalPort()), handle)));
            Socket oldPeer = later(server.accept());
            run(drained(old));
            // Without it the system itself would forget the old one's events.
            TcpStream twin = posix() ? later(TcpStream.fromDescriptor(old.stream.descriptor(), handle)) : old;
            OpenDescriptors before = OpenDescriptors.now();
            // Its event waits in the system's queue when the number changes hands.
            oldPeer.getOutputStream().write("for the old one".getBytes(StandardCharsets.US_ASCII));
            old.close();
            var connect = TcpStream.connect(loopback(server.getLocalPort()), handle);
            if (OpenDescriptors.now().numbers().equals(before.numbers())) {
                reused++;
            }
            TcpStream young = later(run(connect));
            Socket youngPeer = later(server.accept());
            AtomicInteger polls = new AtomicInteger();
            Buf got = Buf.allocate(100);
            var reading = handle.spawn(Futures.<Integer>pollFn(task -> {
                polls.incrementAndGet();
                int n = young.read(task, got);
                return n == Io.NOT_READY ? Poll.pending() : Poll.ready(n);
            }));
            settle();
            if (twin != old) {
                oldPeer.getOutputStream().write('o');
                settle();
            }
            assertEquals(false, reading.isDone(), "nothing was sent to it");
            if (!backend.name().equals("erratic")) { // which tells what is not so
                assertEquals(1, polls.get(), "told what was meant for the old one");
            }
            youngPeer.getOutputStream().write("m".getBytes(StandardCharsets.US_ASCII));
            assertEquals(1, run(reading));
            assertEquals("m", got.text(StandardCharsets.US_ASCII));
            twin.close();
            young.close();
            oldPeer.close();
            youngPeer.close();
        }
        assertTrue(reused > 50, "the number was reused " + reused + " times of 100");
    }

    /** Until it would have to wait. */
    private static gyre.future.Future<Void> drained(TcpStream stream) {
        return Futures.pollFn(task -> {
            assertEquals(Io.NOT_READY, stream.read(task, Buf.allocate(1)));
            return Poll.done();
        });
    }
}
