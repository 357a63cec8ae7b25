package gyre.net;

import gyre.buffer.Buf;
import gyre.io.ReadExact;
import gyre.io.WriteAll;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import gyre.sys.NativeSocketOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** In a network of its own: a fast open without a cookie, which the system no longer allows when it comes to the first write. */
final class FastOpenMain {
    private static final Path SWITCH = Path.of("/proc/sys/net/ipv4/tcp_fastopen");
    private static final String CLIENTS = "1";
    private static final String CLIENTS_WITHOUT_COOKIE = "5";

    private FastOpenMain() {}

    public static void main(String[] args) throws Exception {
        try (Core core = Core.builder().backend("epoll").open()) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handle);
            Files.writeString(SWITCH, CLIENTS_WITHOUT_COOKIE);
            TcpStream client = core.run(TcpStream.builder(handle)
                    .option(NativeSocketOptions.TCP_FASTOPEN_CONNECT, true)
                    .connect(listener.localAddress()));
            Files.writeString(SWITCH, CLIENTS);
            core.run(WriteAll.writeAll(client, Buf.copyOf("early")));
            TcpStream server = core.run(listener.accept());
            Buf heard = core.run(ReadExact.readExact(server, Buf.allocate(5)));
            System.out.println("heard " + heard.text(StandardCharsets.US_ASCII));
        }
    }
}
