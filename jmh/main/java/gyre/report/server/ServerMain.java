package gyre.report.server;

import gyre.report.Contender;
import gyre.report.Transport;
import gyre.report.Unavailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The process of a server: {@code ServerMain CONTENDER TRANSPORT PATH}, where the path is for a Unix socket. It says {@code
 * listening ADDRESS}, or {@code unavailable REASON} and ends; answers each {@code mark} with what it has used up so far; and
 * ends when its input does.
 */
public final class ServerMain {
    private ServerMain() {}

    public static void main(String[] args) throws IOException {
        EchoServer server;
        try {
            server = start(Contender.of(args[0]), Transport.valueOf(args[1]), args[2]);
        } catch (Exception | LinkageError e) {
            System.out.println(Unavailable.line(e));
            System.exit(0);
            return;
        }
        System.out.println("listening " + server.address());
        Usage usage = new Usage(server.loop());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line; (line = in.readLine()) != null; ) {
            if (!line.equals("mark")) {
                throw new IllegalArgumentException("there is no command \"" + line + "\"");
            }
            System.out.println(usage.mark());
        }
        System.exit(0);
    }

    private static EchoServer start(Contender contender, Transport transport, String path) throws Exception {
        return switch (contender) {
            case GYRE_EPOLL -> new GyreServer("epoll", transport, path);
            case GYRE_NIO -> new GyreServer("nio", transport, path);
            case NIO -> transport == Transport.UDP ? new NioDatagramServer() : new NioServer(transport, path);
            case NETTY_EPOLL -> new NettyServer(NettyTransport.epoll(), transport, path);
            case NETTY_NIO -> new NettyServer(NettyTransport.nio(), transport, path);
        };
    }
}
