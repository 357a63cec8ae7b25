package gyre.report.load;

import gyre.report.Fields;
import gyre.report.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The process of the load. For each line with a shape of load it connects, warms up and says {@code ready}; at the line
 * {@code go} it measures, and says {@code result} with the figures. Either may be {@code failed REASON} instead.
 */
public final class LoadMain {
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    private final Pattern pattern = new Pattern();
    private final ByteBuffer input = ByteBuffer.allocateDirect(Pattern.LONGEST);

    private LoadMain() {}

    public static void main(String[] args) throws IOException {
        LoadMain load = new LoadMain();
        for (String line; (line = load.in.readLine()) != null; ) {
            try {
                load.measure(new Fields(line));
            } catch (IOException | RuntimeException e) {
                System.out.println("failed " + e);
            }
        }
    }

    private void measure(Fields shape) throws IOException {
        try (Load load = connect(shape)) {
            load.run(TimeUnit.MILLISECONDS.toNanos(shape.number("warm")));
            System.out.println("ready");
            String go = in.readLine();
            if (!"go".equals(go)) {
                throw new IOException("expected go, not \"" + go + "\"");
            }
            System.out.println(load.run(TimeUnit.MILLISECONDS.toNanos(shape.number("window")))
                    .line());
        }
    }

    private Load connect(Fields shape) throws IOException {
        Transport transport = Transport.valueOf(shape.text("transport"));
        int size = (int) shape.number("bytes");
        Selector selector = Selector.open();
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < shape.number("connections"); i++) {
            links.add(
                    transport == Transport.UDP
                            ? new DatagramLink(datagrams(shape.text("address")), selector, i, size, pattern, input)
                            : new StreamLink(
                                    stream(transport, shape.text("address")), selector, i, size, pattern, input));
        }
        return new Load(
                selector,
                links,
                (int) shape.number("depth"),
                (int) shape.number("rate"),
                shape.text("alone").equals("true"),
                transport == Transport.UDP);
    }

    private static SocketChannel stream(Transport transport, String address) throws IOException {
        if (transport == Transport.UNIX) {
            return SocketChannel.open(UnixDomainSocketAddress.of(address));
        }
        return SocketChannel.open(loopback(address)).setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    private static DatagramChannel datagrams(String address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        return channel.connect(loopback(address));
    }

    private static InetSocketAddress loopback(String port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }
}
