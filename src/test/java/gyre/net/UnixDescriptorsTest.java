package gyre.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.io.Io;
import gyre.reactor.Core;
import gyre.sys.Backend;
import gyre.sys.Descriptor;
import gyre.sys.SocketPair;
import gyre.testing.ChildJvm;
import gyre.testing.EveryBackend;
import gyre.testing.OpenDescriptors;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open descriptors over Unix sockets: a connection that another loop, or another process, goes on with. */
@EveryBackend
class UnixDescriptorsTest extends OnLoop {
    @TempDir
    private Path folder;

    UnixDescriptorsTest(Backend backend) {
        super(backend);
    }

    static Future<Integer> send(UnixStream over, String text, int... descriptors) {
        Buf from = Buf.copyOf(text);
        return Futures.pollFn(task -> {
            int n = over.sendDescriptors(task, from, descriptors);
            return n == Io.NOT_READY ? Poll.pending() : Poll.ready(n);
        });
    }

    static Future<List<Descriptor>> receive(UnixStream over, Buf into) {
        List<Descriptor> received = new ArrayList<>();
        return Futures.pollFn(task ->
                over.receiveDescriptors(task, into, received) == Io.NOT_READY ? Poll.pending() : Poll.ready(received));
    }

    private boolean refused() throws Exception {
        if (!backend.name().equals("nio")) {
            return false;
        }
        SocketPair<UnixStream> pair = UnixStream.pair(handle);
        later(pair.first());
        later(pair.second());
        for (Future<?> each : List.of(send(pair.first(), "x", 0), receive(pair.first(), Buf.allocate(1)))) {
            String message = assertThrows(UnsupportedOperationException.class, () -> run(each))
                    .getMessage();
            assertTrue(message.contains("epoll"), message);
        }
        return true;
    }

    @Test
    void aConnectionGoesToAnotherLoop() throws Exception {
        if (refused()) {
            return;
        }
        Pair tcp = pair();
        UnixListener listener = later(UnixListener.bind(folder.resolve("socket"), handle));
        try (Core other = Core.builder().backend(backend).open()) {
            UnixStream client = other.run(UnixStream.connect(folder.resolve("socket"), other.handle()));
            UnixStream server = later(run(listener.accept()));
            run(send(server, "take it", tcp.ours().descriptor()));
            tcp.ours().close();
            Buf into = Buf.allocate(100);
            List<Descriptor> received = other.run(receive(client, into));
            assertEquals(7, into.readable());
            assertEquals(1, received.size());
            TcpStream taken;
            try (Descriptor descriptor = received.get(0)) {
                taken = TcpStream.fromDescriptor(descriptor.number(), other.handle());
            }
            tcp.send("hello");
            assertEquals("hello", other.run(expect(taken, "hello")));
            other.run(send(taken, "there"));
            assertEquals("there", tcp.receive(5));
            taken.close();
            assertEquals(-1, tcp.theirs().getInputStream().read(), "no other copy is left open");
        }
    }

    @Test
    void aConnectionGoesToAnotherProcess() throws Exception {
        if (refused()) {
            return;
        }
        OpenDescriptors before = OpenDescriptors.now();
        UnixListener listener = UnixListener.bind(folder.resolve("socket"), handle);
        TcpListener tcp = TcpListener.bind(loopback(0), handle);
        try (ChildJvm child = ChildJvm.start(ChildJvm.command(
                ChildJvm.classPath(), List.of(), TakeOverMain.class, backend.name(), folder + "/socket"))) {
            UnixStream server = run(listener.accept());
            assertEquals(child.pid(), server.peerCredentials().pid());
            for (int i = 0; i < 3; i++) {
                Socket client = new Socket(
                        tcp.localAddress().getAddress(), tcp.localAddress().getPort());
                TcpStream accepted = run(tcp.accept());
                run(send(server, "x", accepted.descriptor()));
                accepted.close();
                byte[] sent = pattern(100_000);
                aside(() -> {
                    client.getOutputStream().write(sent);
                    client.shutdownOutput();
                    return "";
                });
                assertArrayEquals(sent, client.getInputStream().readAllBytes());
                client.close();
            }
            server.close();
            assertEquals(0, child.await());
        }
        listener.close();
        tcp.close();
        before.assertNoMore();
    }

    /** DESIGN §5: such a message ends a read early, and what comes after it must not be lost with the edge. */
    @Test
    void aReadCutShortByADescriptorLosesNotTheRest() throws Exception {
        if (refused()) {
            return;
        }
        SocketPair<UnixStream> pair = UnixStream.pair(handle);
        later(pair.first());
        later(pair.second());
        var reading = handle.spawn(readToEnd(pair.second()));
        settle();
        OpenDescriptors before = OpenDescriptors.now();
        for (int i = 0; i < 3; i++) {
            run(send(pair.first(), "a"));
            run(send(pair.first(), "b", pair.first().descriptor()));
            run(send(pair.first(), "c"));
        }
        settle();
        before.assertNoMore(); // a plain read drops them
        pair.first().close();
        assertEquals("abcabcabc", new String(run(reading)));
    }

    @Test
    void theyGoWithDatagramsToo() throws Exception {
        if (refused()) {
            return;
        }
        SocketPair<UnixDatagram> pair = UnixDatagram.pair(handle);
        later(pair.first());
        later(pair.second());
        Pair tcp = pair();
        List<Descriptor> received = new ArrayList<>();
        run(Futures.pollFn(task -> done(
                pair.first().sendDescriptors(task, Buf.copyOf("x"), tcp.ours().descriptor()))));
        tcp.ours().close();
        run(Futures.pollFn(task -> done(pair.second().receiveDescriptors(task, Buf.allocate(9), received))));
        TcpStream again = later(TcpStream.fromDescriptor(received.get(0).number(), handle));
        received.get(0).close();
        run(send(again, "on"));
        assertEquals("on", tcp.receive(2));
    }

    @Test
    void theNumberOfWhatIsClosedIsNotTold() throws Exception {
        if (refused()) {
            return;
        }
        TcpStream closed = pair().ours();
        closed.close();
        assertThrows(java.nio.channels.ClosedChannelException.class, closed::descriptor);
    }

    private static Poll<Integer> done(int count) {
        return count == Io.NOT_READY ? Poll.pending() : Poll.ready(count);
    }
}
