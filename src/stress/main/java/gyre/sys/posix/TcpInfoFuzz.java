package gyre.sys.posix;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import gyre.fuzz.Check;
import gyre.sys.TcpInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a kernel tells of a connection, of any length and content: read without failing, and nothing from behind its end. */
public final class TcpInfoFuzz {
    private TcpInfoFuzz() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        byte[] bytes = data.consumeBytes(TcpInfoOption.SIZE);
        TcpInfo one = read(bytes, (byte) 0);
        Check.equal(one, read(bytes, (byte) 0x5A), "what lies behind the end is read");
        Check.holds(!one.rtt().isNegative() && !one.busyTime().isNegative(), "a negative time: " + one);
        Check.holds(one.notSent() >= -1 && one.peerWindow() >= -1, "a negative size: " + one);
        Check.holds(one.toString().length() > 0, "no text");
    }

    /** State and congestion are there in every kernel. */
    private static TcpInfo read(byte[] bytes, byte behind) {
        ByteBuffer memory = ByteBuffer.allocate(TcpInfoOption.SIZE).order(ByteOrder.nativeOrder());
        while (memory.hasRemaining()) {
            memory.put(memory.position() < 8 ? 0 : behind);
        }
        memory.put(0, bytes);
        return TcpInfoOption.decode(memory, 0, bytes.length);
    }
}
