package gyre.sys.posix;

import static gyre.natives.Layout.TCP_INFO_BYTES_ACKED;
import static gyre.natives.Layout.TCP_INFO_CA_STATE;
import static gyre.natives.Layout.TCP_INFO_MIN_RTT;
import static gyre.natives.Layout.TCP_INFO_NOTSENT_BYTES;
import static gyre.natives.Layout.TCP_INFO_PACING_RATE;
import static gyre.natives.Layout.TCP_INFO_RTT;
import static gyre.natives.Layout.TCP_INFO_STATE;
import static gyre.natives.Layout.TCP_INFO_TOTAL_RETRANS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.sys.TcpInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What kernels of other ages fill in. */
class TcpInfoOptionTest {
    private final ByteBuffer memory =
            ByteBuffer.allocate(8 + TcpInfoOption.SIZE).order(ByteOrder.nativeOrder());

    private TcpInfo decode(int length) {
        return TcpInfoOption.decode(memory, 8, length);
    }

    /** Linux 2.6.32 to 3.14 end here; what lies behind is of another call. */
    @Test
    void anOldKernelsEndsBeforeThePacingRate() {
        for (int at = TCP_INFO_PACING_RATE; at < TcpInfoOption.SIZE; at++) {
            memory.put(8 + at, (byte) 77);
        }
        memory.put(8 + TCP_INFO_STATE, (byte) 1);
        memory.putInt(8 + TCP_INFO_RTT, 1_500);
        memory.putInt(8 + TCP_INFO_TOTAL_RETRANS, 9);
        TcpInfo info = decode(TCP_INFO_PACING_RATE);
        assertEquals(TcpInfo.State.ESTABLISHED, info.state());
        assertEquals(Duration.ofNanos(1_500_000), info.rtt());
        assertEquals(9, info.totalRetransmits());
        for (long absent : new long[] {
            info.pacingRate(),
            info.deliveryRate(),
            info.bytesAcked(),
            info.bytesReceived(),
            info.bytesSent(),
            info.bytesRetransmitted(),
            info.notSent(),
            info.peerWindow()
        }) {
            assertEquals(-1, absent);
        }
        for (Duration absent :
                new Duration[] {info.minRtt(), info.busyTime(), info.peerLimited(), info.bufferLimited()}) {
            assertEquals(Duration.ZERO, absent);
        }
    }

    /** Where it ends within a field, that one is absent. */
    @Test
    void aFieldIsWholeOrAbsent() {
        memory.putLong(8 + TCP_INFO_BYTES_ACKED, 5);
        assertEquals(-1, decode(TCP_INFO_BYTES_ACKED + 7).bytesAcked());
        assertEquals(5, decode(TCP_INFO_BYTES_ACKED + 8).bytesAcked());
    }

    @Test
    void numbersAreUnsignedAndOnesThatAreNotKnownHaveAName() {
        memory.put(8 + TCP_INFO_STATE, (byte) 13);
        memory.put(8 + TCP_INFO_CA_STATE, (byte) -1);
        memory.putInt(8 + TCP_INFO_NOTSENT_BYTES, -2);
        memory.putInt(8 + TCP_INFO_MIN_RTT, -1);
        memory.putLong(8 + TCP_INFO_PACING_RATE, -1);
        TcpInfo info = decode(TcpInfoOption.SIZE);
        assertEquals(TcpInfo.State.UNKNOWN, info.state());
        assertEquals(TcpInfo.Congestion.UNKNOWN, info.congestion());
        assertEquals((1L << 32) - 2, info.notSent());
        assertEquals(Duration.ZERO, info.minRtt(), "none was measured");
        assertEquals(-1, info.pacingRate(), "no limit");
        memory.put(8 + TCP_INFO_STATE, (byte) 10);
        assertEquals(TcpInfo.State.LISTEN, decode(TcpInfoOption.SIZE).state());
        memory.put(8 + TCP_INFO_STATE, (byte) 0);
        assertEquals(TcpInfo.State.UNKNOWN, decode(TcpInfoOption.SIZE).state());
    }
}
