package gyre.sys.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gyre.natives.Layout;
import gyre.testing.ChildJvm;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses as each system lays them out, in a JVM that believes to be there. Numbers in bytes are little-endian ones of x86 and Arm. */
class SockAddrTest {
    private static final String FOUR = "0a010203", SIX = "20010db8000000000000000000000001";

    @Test
    void linuxBeginsWithTheFamily() throws Exception {
        expect(
                "Linux",
                List.of(
                        "02001234" + FOUR + "0000000000000000 /10.1.2.3:4660",
                        "0a0001bb00000000" + SIX + "00000000 /[2001:db8:0:0:0:0:0:1]:443",
                        "0a0001bb00000000" + "00000000000000000000ffff" + FOUR + "00000000 /10.1.2.3:443",
                        "01002f746d702f7300 /tmp/s",
                        "0100 ",
                        "107"));
    }

    @Test
    void othersBeginWithTheLength() throws Exception {
        List<String> systems = List.of("Mac OS X", "FreeBSD");
        for (String system : systems) {
            String six = system.equals("FreeBSD") ? "1c1c" : "1c1e";
            expect(
                    system,
                    List.of(
                            "10021234" + FOUR + "0000000000000000 /10.1.2.3:4660",
                            six + "01bb00000000" + SIX + "00000000 /[2001:db8:0:0:0:0:0:1]:443",
                            six + "01bb00000000" + "00000000000000000000ffff" + FOUR + "00000000 /10.1.2.3:443",
                            "09012f746d702f7300 /tmp/s",
                            "0201 ",
                            "103"));
        }
    }

    /** No kernel tells of one; found by fuzzing. Shown as an IPv6 address, it would not equal the same host. */
    @Test
    void aMappedAddressHasNoScope() throws Exception {
        InetSocketAddress address = new InetSocketAddress("10.1.2.3", 443);
        ByteBuffer scratch = Scratch.get();
        int length = SockAddr.encode(address, Layout.AF_INET6, scratch);
        scratch.putInt(Scratch.ADDRESS + Layout.SOCKADDR_IN6_SCOPE_ID, 7);
        assertEquals(address, SockAddr.decode(scratch, length));
    }

    @Test
    void theLongestPathIsTakenAndOneByteMoreRefused() throws Exception {
        String longest = "/" + "x".repeat(SockAddr.MAX_PATH - 1);
        ByteBuffer scratch = Scratch.get();
        int length = SockAddr.encode(UnixDomainSocketAddress.of(longest), Layout.AF_UNIX, scratch);
        assertEquals(Layout.SOCKADDR_UN_SIZE, length);
        assertEquals(UnixDomainSocketAddress.of(longest), SockAddr.decode(scratch, length));
        assertThrows(
                IllegalArgumentException.class,
                () -> SockAddr.encode(UnixDomainSocketAddress.of(longest + "x"), Layout.AF_UNIX, scratch));
    }

    private static void expect(String system, List<String> expected) throws IOException, InterruptedException {
        List<String> command =
                ChildJvm.command(ChildJvm.classPath(), List.of("-Dos.name=" + system), ShowSockAddr.class);
        List<String> lines = new ArrayList<>();
        try (ChildJvm child = ChildJvm.start(command)) {
            while (lines.size() < expected.size()) {
                lines.add(child.line());
            }
            assertEquals(0, child.await());
        }
        assertEquals(expected, lines);
    }
}
