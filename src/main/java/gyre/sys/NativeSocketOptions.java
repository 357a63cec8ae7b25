package gyre.sys;

import java.net.SocketOption;

/**
 * Options of sockets for which the JDK has no constant. The POSIX backends have them; the nio backend says that it hasn't.
 */
public final class NativeSocketOptions {
    /** How many routers may pass a packet on that goes to one host, from 1 to 255; multicast has its own option. */
    public static final SocketOption<Integer> IP_TTL = new Option<>("IP_TTL", Integer.class);

    /**
     * Whether an IPv6 socket leaves IPv4 alone, so that another one can have the same port there. To be set before it is
     * bound. Off unless set, whatever the system's default.
     */
    public static final SocketOption<Boolean> IPV6_V6ONLY = new Option<>("IPV6_V6ONLY", Boolean.class);

    /**
     * Whether datagrams of equal length that came from one sender, one right after another, may be received as one, the
     * last perhaps shorter: {@link PacketSocket#segmentSize} tells where they are to be cut. Linux only. Who switches it on
     * receives with room for 64 KiB, or loses what has none.
     */
    public static final SocketOption<Boolean> UDP_GRO = new Option<>("UDP_GRO", Boolean.class);

    private NativeSocketOptions() {}

    private record Option<T>(String name, Class<T> type) implements SocketOption<T> {
        @Override
        public String toString() {
            return name;
        }
    }
}
