package gyre.latency;

import gyre.buffer.Buf;
import gyre.channel.Oneshot;
import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.Io;
import gyre.net.UdpSocket;
import gyre.reactor.Core;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;

/** Gyre on one of its backends; the task that echoes also listens for the sign to stop. */
final class GyreUdpEcho implements EchoServer, Future<Void> {
    private final Core core;
    private final UdpSocket socket;
    private final InetSocketAddress address;
    private final Buf buf = Buf.allocate(1_600);
    private final Oneshot<String> stop = Oneshot.open();
    private final Thread thread = new Thread(this::run, "gyre-udp-echo");

    GyreUdpEcho(String backend) throws IOException {
        core = Core.builder().backend(backend).open();
        socket = UdpSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), core.handle());
        address = socket.localAddress();
        thread.start();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() throws InterruptedException {
        stop.sender().send("stop");
        thread.join();
    }

    /** Sends back what has come; a datagram that can't go yet waits in the buffer. */
    @Override
    public Poll<Void> poll(Task task) throws IOException {
        while (true) {
            if (buf.readable() == 0) {
                if (socket.receive(task, buf.clear()) == Io.NOT_READY) {
                    return Poll.pending();
                }
            }
            if (socket.sendTo(task, buf, Objects.requireNonNull(socket.sender())) == Io.NOT_READY) {
                return Poll.pending();
            }
        }
    }

    private void run() {
        try (core) {
            core.run(selectEither(stop.receiver()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
