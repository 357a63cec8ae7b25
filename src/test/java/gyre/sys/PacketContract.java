package gyre.sys;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;

/** What the contracts of datagrams share. */
abstract class PacketContract extends BackendContract {
    static final ProtocolFamily INET6 = StandardProtocolFamily.INET6;

    Datagrams bound() throws IOException {
        return watch(packet(INET, ANY_PORT));
    }

    PacketSocket packet(ProtocolFamily family, SocketAddress local) throws IOException {
        PacketSocket socket = keep(backend().packet(family));
        socket.bind(local);
        return socket;
    }

    Datagrams watch(PacketSocket socket) throws IOException {
        Recorder told = new Recorder();
        selector.register(socket, told);
        return new Datagrams(socket, told, turns);
    }

    static void assertSays(String part, Throwable thrown) {
        assertTrue(String.valueOf(thrown.getMessage()).contains(part), () -> part + " is not in: " + thrown);
    }
}
