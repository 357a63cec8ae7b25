package gyre.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Copy;
import gyre.io.WriteAll;
import gyre.reactor.Core;
import gyre.reactor.JoinHandle;
import gyre.sys.Backend;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Behaviour 39: after any storm descriptors and off-heap buffers are where they were. */
@EveryBackend
class StormTest extends OnLoop {
    private static final int CONNECTIONS = 500;

    StormTest(Backend backend) {
        super(backend);
    }

    @Test
    void connectEchoClose() throws Exception {
        TcpListener listener = listen();
        JoinHandle<Void> serving = serve(listener);
        run(oneEcho(listener)); // classes, and what the JDK opens once
        settle();
        OpenDescriptors before = OpenDescriptors.now();
        for (int i = 0; i < CONNECTIONS / 50; i++) {
            List<Future<String>> batch = new ArrayList<>();
            for (int n = 0; n < 50; n++) {
                batch.add(oneEcho(listener));
            }
            assertEquals(50, run(Futures.joinAll(batch)).size());
        }
        settle();
        before.assertNoMore();
        assertEquals(0, buffers.stats().taken());
        serving.abort();
        settle();
    }

    @Test
    void cancelledConnects() throws Exception {
        TcpListener listener = listen();
        run(TcpStream.connect(listener.localAddress(), handle)).close();
        run(listener.accept()).close();
        OpenDescriptors before = OpenDescriptors.now();
        for (int i = 0; i < CONNECTIONS; i++) {
            Future<TcpStream> connect = TcpStream.connect(listener.localAddress(), handle);
            if (i % 3 == 0) {
                core.turn(java.time.Duration.ZERO);
            }
            Poll<TcpStream> answer = i % 2 == 0 ? connect.poll(() -> {}) : Poll.pending();
            if (answer.isReady()) {
                answer.value().close();
            } else {
                connect.cancel();
            }
            if (i % 5 == 0) {
                run(listener.accept()).close();
            }
        }
        before.assertNoMore();
    }

    @Test
    void abortedTasks() throws Exception {
        TcpListener listener = listen();
        run(TcpStream.connect(listener.localAddress(), handle)).close();
        run(listener.accept()).close();
        OpenDescriptors before = OpenDescriptors.now();
        List<JoinHandle<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            TcpStream client = run(TcpStream.connect(listener.localAddress(), handle));
            TcpStream server = run(listener.accept());
            client.option(StandardSocketOptions.SO_RCVBUF, 4096);
            server.option(StandardSocketOptions.SO_SNDBUF, 4096);
            tasks.add(handle.spawn(Futures.using(server, s -> Copy.copy(s, s))));
            tasks.add(handle.spawn(Futures.using(
                    client, c -> WriteAll.writeAll(c, Buf.allocate(16 << 20).advance(16 << 20)))));
        }
        settle();
        assertEquals(true, buffers.stats().taken() > 0, "some echoes are stuck with what they have read");
        aside(() -> {
                    tasks.forEach(JoinHandle::abort);
                    return null;
                })
                .get();
        settle();
        before.assertNoMore();
        assertEquals(0, buffers.stats().taken());
        assertEquals(0, uncaught.size());
    }

    @Test
    void coresWithAllThatLivesOnThem() throws Exception {
        for (int round = 0; round < 2; round++) { // the first warms up
            OpenDescriptors before = OpenDescriptors.now();
            for (int i = 0; i < 10; i++) {
                Core each = Core.builder().backend(backend).open();
                TcpListener listener = TcpListener.bind(loopback(0), each.handle());
                each.handle()
                        .spawn(listener.incoming()
                                .forEach(socket -> each.handle().spawn(Futures.using(socket, s -> Copy.copy(s, s)))));
                List<Future<TcpStream>> connects = new ArrayList<>();
                for (int n = 0; n < 10; n++) {
                    connects.add(TcpStream.connect(listener.localAddress(), each.handle()));
                }
                each.run(Futures.joinAll(connects)); // left open, by either end
                TcpStream.connect(listener.localAddress(), each.handle()); // and one that is never polled
                each.close();
            }
            if (round > 0) {
                before.assertNoMore();
            }
        }
    }

    private JoinHandle<Void> serve(TcpListener listener) {
        return handle.spawn(listener.incoming()
                .forEach(socket -> handle.spawn(Futures.using(socket, s -> Copy.copy(s, s)))));
    }

    private Future<String> oneEcho(TcpListener listener) throws Exception {
        return TcpStream.connect(listener.localAddress(), handle)
                .andThen(stream -> Futures.using(
                        stream, s -> WriteAll.writeAll(s, Buf.copyOf("storm")).andThen(buf -> expect(s, "storm"))));
    }
}
