package gyre.examples.guide;

import static gyre.examples.guide.RunningLoop.ANY_PORT;
import static gyre.examples.guide.RunningLoop.PATIENCE;
import static gyre.examples.guide.RunningLoop.client;
import static gyre.examples.guide.RunningLoop.read;
import static gyre.examples.guide.RunningLoop.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.io.BufferedOutput;
import gyre.io.Copy;
import gyre.io.Flush;
import gyre.io.WriteAll;
import gyre.net.TcpListener;
import gyre.net.TcpStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class MistakesTest {
    // guide: limit
    static Future<Void> serveAtMost(int connections, TcpListener listener) {
        return listener.incoming()
                .bufferUnordered(
                        connections,
                        socket -> Futures.using(socket, s -> Copy.copy(s, s)).recover(error -> 0L))
                .forEach(bytes -> {});
    }
    // end

    @Test
    void whoIsBeyondTheLimitWaits() throws Exception {
        try (RunningLoop loop = new RunningLoop()) {
            InetSocketAddress address = loop.get(pinned -> {
                TcpListener listener = TcpListener.bind(ANY_PORT, pinned.handle());
                pinned.spawn(serveAtMost(1, listener));
                return Futures.ready(listener.localAddress());
            });
            try (Socket first = client(address);
                    Socket second = client(address)) {
                write(first, "1");
                assertEquals("1", read(first, 1));
                write(second, "2");
                second.setSoTimeout(100);
                assertThrows(SocketTimeoutException.class, () -> read(second, 1));
                first.shutdownOutput();
                second.setSoTimeout((int) PATIENCE.toMillis());
                assertEquals("2", read(second, 1));
            }
        }
    }

    // guide: gather
    static Future<Void> answer(TcpStream socket, String head, String body) {
        BufferedOutput out = new BufferedOutput(socket);
        return WriteAll.writeAll(out, Buf.copyOf(head))
                .andThen(done -> WriteAll.writeAll(out, Buf.copyOf(body)))
                .andThen(done -> Flush.flush(out)); // one packet
    }
    // end

    @Test
    void partsLeaveTogether() throws Exception {
        try (RunningLoop loop = new RunningLoop();
                Socket client = client(CodecTest.serve(loop, socket -> answer(socket, "head ", "body")))) {
            byte[] bytes = new byte[100];
            assertEquals(9, client.getInputStream().read(bytes), "in one piece");
        }
    }
}
