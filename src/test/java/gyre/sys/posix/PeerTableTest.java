package gyre.sys.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class PeerTableTest {
    private static final int LENGTH = 16;
    private static final int MANY = 10_000; // more than are kept
    private static final int MOST = 2_048;
    private static final int KEPT = 2_000;

    private final PeerTable table = new PeerTable();
    private final ByteBuffer memory = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());

    private static SocketAddress address(int number) {
        return new InetSocketAddress("10.0." + number / 250 + "." + number % 250, 1000 + number);
    }

    private void name(int number) {
        memory.putInt(8, number).putInt(12, -number).putInt(16, 7).putInt(20, 0);
    }

    @Test
    void whatIsAddedIsFoundByItsBytes() {
        for (int i = 0; i < KEPT; i++) {
            name(i);
            assertNull(table.decoded(memory, 8, LENGTH));
            table.addDecoded(memory, 8, LENGTH, address(i));
        }
        for (int i = 0; i < KEPT; i++) {
            name(i);
            assertEquals(address(i), table.decoded(memory, 8, LENGTH));
            assertNull(table.decoded(memory, 8, LENGTH - Integer.BYTES), "the length counts");
        }
    }

    /** A Unix socket's name may have any length. */
    @Test
    void whatLiesBehindANameIsNoPartOfIt() {
        name(1);
        SocketAddress address = address(1);
        table.addDecoded(memory, 8, 11, address);
        memory.put(19, (byte) 1);
        assertSame(address, table.decoded(memory, 8, 11));
        memory.put(18, (byte) 1);
        assertNull(table.decoded(memory, 8, 11));
    }

    @Test
    void whatIsAddedIsFoundByAnEqualObject() {
        for (int i = 0; i < KEPT; i++) {
            name(i);
            assertEquals(0, table.encoded(address(i), memory, 32));
            table.addEncoded(memory, 8, LENGTH, address(i));
        }
        for (int i = 0; i < KEPT; i++) {
            assertEquals(LENGTH, table.encoded(address(i), memory, 32));
            name(i);
            for (int j = 0; j < LENGTH; j++) {
                assertEquals(memory.get(8 + j), memory.get(32 + j));
            }
        }
    }

    @Test
    void scopesAreToldApart() throws Exception {
        byte[] local = InetAddress.getByName("fe80::1").getAddress();
        InetSocketAddress one = new InetSocketAddress(Inet6Address.getByAddress(null, local, 1), 80);
        InetSocketAddress two = new InetSocketAddress(Inet6Address.getByAddress(null, local, 2), 80);
        assertEquals(one, two, "the JDK does not");
        name(1);
        table.addEncoded(memory, 8, LENGTH, one);
        assertEquals(0, table.encoded(two, memory, 32));
        name(2);
        table.addEncoded(memory, 8, LENGTH, two);
        assertEquals(LENGTH, table.encoded(one, memory, 32));
        assertEquals(1, memory.getInt(32));
        assertEquals(LENGTH, table.encoded(two, memory, 32));
        assertEquals(2, memory.getInt(32));
    }

    @Test
    void itIsBoundedAndGoesOn() {
        int known = 0;
        for (int i = 0; i < MANY; i++) {
            name(i);
            SocketAddress address = address(i);
            table.addDecoded(memory, 8, LENGTH, address);
            assertSame(address, table.decoded(memory, 8, LENGTH));
        }
        for (int i = 0; i < MANY; i++) {
            name(i);
            known += table.decoded(memory, 8, LENGTH) == null ? 0 : 1;
        }
        assertNotEquals(0, known);
        assertEquals(MANY % MOST, known, "all since it was emptied last");
    }
}
