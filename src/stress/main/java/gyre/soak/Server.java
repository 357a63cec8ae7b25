package gyre.soak;

import gyre.buffer.Buf;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Loop;
import gyre.future.Outcome;
import gyre.io.Copy;
import gyre.io.Io;
import gyre.io.Read;
import gyre.io.WriteAll;
import gyre.net.TcpListener;
import gyre.net.UdpSocket;
import gyre.net.UnixListener;
import gyre.reactor.Handle;
import gyre.reactor.JoinHandle;
import gyre.reactor.Pinned;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** Echo over TCP, UDP and Unix sockets, on one loop. Loop thread only. */
final class Server implements Closeable {
    private static final int DATAGRAM = 2_048;

    private final Sabotage sabotage;
    private final Handle handle;
    private final TcpListener tcp;
    private final UnixListener unix;
    private final UdpSocket udp;
    private final List<JoinHandle<Void>> tasks;
    private long served;

    /** At ports and a path of its own. */
    Server(Pinned pinned, Path folder, Sabotage sabotage) throws IOException {
        this.sabotage = sabotage;
        handle = pinned.handle();
        tcp = TcpListener.bind(new InetSocketAddress("127.0.0.1", 0), handle);
        unix = UnixListener.bind(folder.resolve("soak-" + handle.id()), handle);
        udp = UdpSocket.bind(new InetSocketAddress("127.0.0.1", 0), handle);
        tasks = List.of(
                handle.spawn(tcp.incoming().forEach(this::serve)),
                handle.spawn(unix.incoming().forEach(this::serve)),
                handle.spawn(answer(Buf.allocate(DATAGRAM))));
    }

    InetSocketAddress tcp() throws IOException {
        return tcp.localAddress();
    }

    java.net.SocketAddress unix() throws IOException {
        return unix.localAddress();
    }

    InetSocketAddress udp() throws IOException {
        return udp.localAddress();
    }

    /** Connections that came to their end. */
    long served() {
        return served;
    }

    private void serve(Io connection) {
        handle.spawn(Futures.using(connection, c -> sabotage == Sabotage.BYTE ? spoiled(c) : Copy.copy(c, c))
                .recover(reset -> 0L) // by a client
                .onEnd(this::count));
    }

    private static Future<Long> spoiled(Io connection) {
        Buf first = Buf.allocate(DATAGRAM);
        return Read.read(connection, first).andThen(n -> {
            byte[] bytes = first.bytes(first.readable());
            bytes[0]++;
            return WriteAll.writeAll(connection, Buf.copyOf(bytes)).andThen(sent -> Copy.copy(connection, connection));
        });
    }

    private void count(Outcome<Long> outcome) {
        served++;
    }

    private Future<Void> answer(Buf buf) {
        return Futures.loopFn(
                udp,
                socket -> socket.receiveDatagram(buf.clear())
                        .andThen(got -> sabotage == Sabotage.DATAGRAMS
                                ? Futures.ready(got)
                                : socket.sendDatagram(got.buf(), got.peer()))
                        .map(sent -> Loop.again(socket)));
    }

    @Override
    public void close() throws IOException {
        tasks.forEach(JoinHandle::abort);
        tcp.close();
        unix.close();
        udp.close();
    }
}
