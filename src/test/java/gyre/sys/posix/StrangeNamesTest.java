package gyre.sys.posix;

import static gyre.natives.Layout.AF_UNIX;
import static gyre.natives.Layout.SOCKADDR_FAMILY;
import static gyre.natives.Layout.SOCKADDR_UN_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.buffer.Buf;
import gyre.natives.Libc;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Peers may be bound to paths that are no text in the system's encoding: they are served all the same, as who has no name. */
@EnabledOnOs(OS.LINUX)
class StrangeNamesTest {
    private static final UnixDomainSocketAddress NOBODY = UnixDomainSocketAddress.of("");

    @TempDir
    private Path folder;

    @Test
    void aDatagramOfSuchASenderIsNotTakenForAnothers() throws IOException {
        try (PosixPacket receiver = Sockets.packet(StandardProtocolFamily.UNIX);
                PosixPacket known = Sockets.packet(StandardProtocolFamily.UNIX);
                PosixPacket strange = Sockets.packet(StandardProtocolFamily.UNIX)) {
            UnixDomainSocketAddress at = UnixDomainSocketAddress.of(folder.resolve("receiver"));
            UnixDomainSocketAddress knownAt = UnixDomainSocketAddress.of(folder.resolve("known"));
            receiver.bind(at);
            known.bind(knownAt);
            bindStrangely(strange);
            Buf buf = Buf.allocate(100);
            known.send(Buf.copyOf("a"), at);
            receiver.receive(buf);
            assertEquals(knownAt, receiver.sender());
            strange.send(Buf.copyOf("b"), at);
            receiver.receive(buf);
            assertEquals(NOBODY, receiver.sender());
            assertEquals(NOBODY, receiver.sender());
            known.send(Buf.copyOf("c"), at);
            receiver.receive(buf);
            assertEquals(knownAt, receiver.sender());
        }
    }

    @Test
    void itsConnectionIsAccepted() throws IOException {
        try (PosixListener listener = Sockets.listener(StandardProtocolFamily.UNIX);
                PosixStream strange = Sockets.stream(StandardProtocolFamily.UNIX)) {
            UnixDomainSocketAddress at = UnixDomainSocketAddress.of(folder.resolve("listener"));
            listener.listen(at, 8);
            bindStrangely(strange);
            strange.connect(at);
            try (StreamSocket accepted = listener.accept()) {
                assertEquals(NOBODY, accepted.remoteAddress());
            }
        }
    }

    /** A byte that is neither ASCII nor UTF-8. */
    private void bindStrangely(PosixSource socket) {
        byte[] path = (folder + "/s?").getBytes(StandardCharsets.US_ASCII);
        path[path.length - 1] = (byte) 0xE9;
        ByteBuffer scratch = Scratch.get();
        scratch.putShort(Scratch.ADDRESS + SOCKADDR_FAMILY, (short) AF_UNIX);
        scratch.put(Scratch.ADDRESS + SOCKADDR_UN_PATH, path);
        assertEquals(
                0,
                Libc.bind(
                        socket.fd.number(), Scratch.address(scratch, Scratch.ADDRESS), SOCKADDR_UN_PATH + path.length));
    }
}
