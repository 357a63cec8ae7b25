package gyre.latency;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A UDP echo server on one thread of its own and a port of loopback that the system chose. */
interface EchoServer {
    InetSocketAddress address() throws IOException;

    void close() throws IOException, InterruptedException;
}
