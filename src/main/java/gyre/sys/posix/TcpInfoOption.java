package gyre.sys.posix;

import static gyre.natives.Layout.IPPROTO_TCP;
import static gyre.natives.Layout.TCP_INFO_BUSY_TIME;
import static gyre.natives.Layout.TCP_INFO_BYTES_ACKED;
import static gyre.natives.Layout.TCP_INFO_BYTES_RECEIVED;
import static gyre.natives.Layout.TCP_INFO_BYTES_RETRANS;
import static gyre.natives.Layout.TCP_INFO_BYTES_SENT;
import static gyre.natives.Layout.TCP_INFO_CA_STATE;
import static gyre.natives.Layout.TCP_INFO_DELIVERY_RATE;
import static gyre.natives.Layout.TCP_INFO_LAST_DATA_RECV;
import static gyre.natives.Layout.TCP_INFO_LAST_DATA_SENT;
import static gyre.natives.Layout.TCP_INFO_LOST;
import static gyre.natives.Layout.TCP_INFO_MIN_RTT;
import static gyre.natives.Layout.TCP_INFO_NOTSENT_BYTES;
import static gyre.natives.Layout.TCP_INFO_PACING_RATE;
import static gyre.natives.Layout.TCP_INFO_PMTU;
import static gyre.natives.Layout.TCP_INFO_RCV_MSS;
import static gyre.natives.Layout.TCP_INFO_RCV_SPACE;
import static gyre.natives.Layout.TCP_INFO_RETRANSMITS;
import static gyre.natives.Layout.TCP_INFO_RTO;
import static gyre.natives.Layout.TCP_INFO_RTT;
import static gyre.natives.Layout.TCP_INFO_RTTVAR;
import static gyre.natives.Layout.TCP_INFO_RWND_LIMITED;
import static gyre.natives.Layout.TCP_INFO_SNDBUF_LIMITED;
import static gyre.natives.Layout.TCP_INFO_SND_CWND;
import static gyre.natives.Layout.TCP_INFO_SND_MSS;
import static gyre.natives.Layout.TCP_INFO_SND_SSTHRESH;
import static gyre.natives.Layout.TCP_INFO_SND_WND;
import static gyre.natives.Layout.TCP_INFO_STATE;
import static gyre.natives.Layout.TCP_INFO_TOTAL_RETRANS;
import static gyre.natives.Layout.TCP_INFO_UNACKED;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.time.temporal.ChronoUnit.MILLIS;

import gyre.natives.Layout;
import gyre.sys.NativeSocketOptions;
import gyre.sys.TcpInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Linux's {@code tcp_info}, of which a kernel fills as much as it knows. */
final class TcpInfoOption {
    /** All that is looked at. */
    static final int SIZE = TCP_INFO_SND_WND + Integer.BYTES;

    private static final TcpInfo.State[] STATES = TcpInfo.State.values();
    private static final TcpInfo.Congestion[] CONGESTION = TcpInfo.Congestion.values();

    private final ByteBuffer memory;
    private final int at;
    private final int length;

    private TcpInfoOption(ByteBuffer memory, int at, int length) {
        this.memory = memory;
        this.at = at;
        this.length = length;
    }

    static TcpInfo get(PosixSource socket) throws IOException {
        int length = OptionCalls.read(
                socket, NativeSocketOptions.TCP_INFO, IPPROTO_TCP, Layout.TCP_INFO, Scratch.CONTROL, SIZE);
        return decode(Scratch.get(), Scratch.CONTROL, length);
    }

    /** What the kernel has put there, which is this long. */
    static TcpInfo decode(ByteBuffer memory, int at, int length) {
        return new TcpInfoOption(memory, at, length).decode();
    }

    private TcpInfo decode() {
        int state = memory.get(at + TCP_INFO_STATE);
        int congestion = memory.get(at + TCP_INFO_CA_STATE);
        return new TcpInfo(
                state > 0 && state < STATES.length ? STATES[state] : TcpInfo.State.UNKNOWN,
                congestion >= 0 && congestion < CONGESTION.length ? CONGESTION[congestion] : TcpInfo.Congestion.UNKNOWN,
                memory.get(at + TCP_INFO_RETRANSMITS) & 0xFF,
                number(TCP_INFO_UNACKED),
                number(TCP_INFO_LOST),
                number(TCP_INFO_TOTAL_RETRANS),
                time(TCP_INFO_RTO, MICROS),
                time(TCP_INFO_RTT, MICROS),
                time(TCP_INFO_RTTVAR, MICROS),
                // All bits are set as long as there was no round trip.
                number(TCP_INFO_MIN_RTT) == -1 ? Duration.ZERO : time(TCP_INFO_MIN_RTT, MICROS),
                time(TCP_INFO_LAST_DATA_SENT, MILLIS),
                time(TCP_INFO_LAST_DATA_RECV, MILLIS),
                number(TCP_INFO_SND_MSS),
                number(TCP_INFO_RCV_MSS),
                number(TCP_INFO_PMTU),
                number(TCP_INFO_SND_CWND),
                number(TCP_INFO_SND_SSTHRESH),
                number(TCP_INFO_RCV_SPACE),
                large(TCP_INFO_PACING_RATE),
                large(TCP_INFO_DELIVERY_RATE),
                large(TCP_INFO_BYTES_ACKED),
                large(TCP_INFO_BYTES_RECEIVED),
                large(TCP_INFO_BYTES_SENT),
                large(TCP_INFO_BYTES_RETRANS),
                unsigned(TCP_INFO_NOTSENT_BYTES),
                unsigned(TCP_INFO_SND_WND),
                longTime(TCP_INFO_BUSY_TIME),
                longTime(TCP_INFO_RWND_LIMITED),
                longTime(TCP_INFO_SNDBUF_LIMITED));
    }

    private int number(int field) {
        return field + Integer.BYTES <= length ? memory.getInt(at + field) : -1;
    }

    private long unsigned(int field) {
        return field + Integer.BYTES <= length ? Integer.toUnsignedLong(memory.getInt(at + field)) : -1;
    }

    private long large(int field) {
        return field + Long.BYTES <= length ? memory.getLong(at + field) : -1;
    }

    private Duration time(int field, ChronoUnit unit) {
        return Duration.of(Math.max(unsigned(field), 0), unit);
    }

    private Duration longTime(int field) {
        return Duration.of(Math.max(large(field), 0), MICROS);
    }
}
