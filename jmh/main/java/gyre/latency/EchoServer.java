package gyre.latency;

import java.io.IOException;
import java.net.InetSocketAddress;

/** An echo server on one thread of its own and a port of loopback that the system chose. */
interface EchoServer extends AutoCloseable {
    InetSocketAddress address() throws IOException;

    @Override
    void close() throws IOException, InterruptedException;

    static EchoServer start(String name) throws IOException, InterruptedException {
        return switch (name) {
            case "nio" -> new NioEcho();
            case "netty" -> new NettyEcho();
            default -> throw new IllegalArgumentException("there is no echo server \"" + name + "\"");
        };
    }
}
