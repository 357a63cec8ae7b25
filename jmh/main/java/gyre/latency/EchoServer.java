package gyre.latency;

import java.io.IOException;
import java.net.InetSocketAddress;

/** An echo server on one thread of its own and a port of loopback that the system chose. */
interface EchoServer {
    InetSocketAddress address() throws IOException;

    void close() throws IOException, InterruptedException;

    static EchoServer start(String name) throws IOException, InterruptedException {
        return switch (name) {
            case "gyre-epoll" -> new GyreEcho("epoll");
            case "gyre-nio" -> new GyreEcho("nio");
            case "nio" -> new NioEcho();
            case "netty" -> new NettyEcho();
            default -> throw new IllegalArgumentException("there is no echo server \"" + name + "\"");
        };
    }
}
