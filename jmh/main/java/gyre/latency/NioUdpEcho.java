package gyre.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;

/** A thread that blocks: the least that an echo can cost on {@code java.nio}. */
final class NioUdpEcho implements EchoServer {
    private final DatagramChannel channel = DatagramChannel.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1_600);
    private final Thread thread = new Thread(this::run, "nio-udp-echo");

    NioUdpEcho() throws IOException {
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        thread.start();
    }

    @Override
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        channel.close();
        thread.join();
    }

    private void run() {
        try {
            while (true) {
                SocketAddress sender = channel.receive(buffer.clear());
                channel.send(buffer.flip(), sender);
            }
        } catch (AsynchronousCloseException e) {
            return; // the orderly end
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
