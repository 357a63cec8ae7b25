package gyre.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The other end of {@link IdleMain}: {@code IdleClients PORT COUNT}; does what each line tells it, and says when it has. */
final class IdleClients {
    /** Connections from one address: fewer than it has ports. */
    private static final int EACH = 5_000;

    private IdleClients() {}

    public static void main(String[] args) throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
        int count = Integer.parseInt(args[1]);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String order; (order = orders.readLine()) != null; ) {
            switch (order) {
                case "open" -> open(channels, server, count);
                case "echo" -> echo(channels);
                case "close" -> {
                    for (SocketChannel channel : channels) {
                        channel.close();
                    }
                }
                default -> throw new IllegalArgumentException(order);
            }
            System.out.println("done");
        }
    }

    private static void open(List<SocketChannel> channels, InetSocketAddress server, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + (2 + i / EACH)), 0));
            channel.connect(server);
            channels.add(channel);
        }
    }

    private static void echo(List<SocketChannel> channels) throws IOException {
        ByteBuffer out = ByteBuffer.allocateDirect(1);
        ByteBuffer in = ByteBuffer.allocateDirect(2);
        for (int i = 0; i < channels.size(); i++) {
            out.clear().put((byte) i).flip();
            channels.get(i).write(out);
            if (channels.get(i).read(in.clear()) != 1 || in.get(0) != (byte) i) {
                throw new IOException("connection " + i + " did not answer with its byte");
            }
        }
    }
}
