package gyre.sys.nio;

import gyre.sys.NativeSocketOptions;
import gyre.sys.RawSocketOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options and the local address of a channel, with the checks and the messages that java.nio lacks. */
final class NioOptions {
    /** Lowest and highest value by the option's name: java.nio cuts some of them to their range without a word. */
    private static final Map<String, int[]> RANGES = Map.of(
            "SO_SNDBUF", new int[] {1, Integer.MAX_VALUE},
            "SO_RCVBUF", new int[] {1, Integer.MAX_VALUE},
            "SO_LINGER", new int[] {-1, 65_535},
            "IP_TOS", new int[] {0, 255},
            "IP_MULTICAST_TTL", new int[] {0, 255},
            "TCP_KEEPIDLE", new int[] {1, 32_767},
            "TCP_KEEPINTERVAL", new int[] {1, 32_767},
            "TCP_KEEPCOUNT", new int[] {1, 127});

    private NioOptions() {}

    static <T> void set(NetworkChannel channel, SocketOption<T> option, @Nullable T value) throws IOException {
        checkSupported(channel, option);
        if (option.equals(StandardSocketOptions.SO_LINGER)) {
            int seconds = value instanceof Integer given && given >= 0 ? given : -1;
            checkRange(option, seconds);
            channel.setOption(StandardSocketOptions.SO_LINGER, seconds);
            return;
        }
        if (value == null) {
            throw new IllegalArgumentException(option.name() + " needs a value, only SO_LINGER can be null");
        }
        if (value instanceof Integer number) {
            checkRange(option, number);
        }
        channel.setOption(option, value);
    }

    static <T> @Nullable T get(NetworkChannel channel, SocketOption<T> option) throws IOException {
        checkSupported(channel, option);
        T value = channel.getOption(option);
        boolean off = option.equals(StandardSocketOptions.SO_LINGER) && value instanceof Integer seconds && seconds < 0;
        return off ? null : value;
    }

    static void bind(NetworkChannel channel, SocketAddress local) throws IOException {
        Failures.checkKnown("bind", local);
        try {
            channel.bind(local);
        } catch (IOException | UnsupportedAddressTypeException e) {
            throw Failures.of("bind", local, e);
        }
    }

    /** Like {@code getsockname}: before it is bound a socket has the unspecified address of its family. */
    static SocketAddress localAddress(NetworkChannel channel) throws IOException {
        SocketAddress bound = channel.getLocalAddress();
        if (bound != null) {
            return bound;
        }
        boolean inet = channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEADDR);
        return inet ? new InetSocketAddress(0) : UnixDomainSocketAddress.of("");
    }

    private static void checkSupported(NetworkChannel channel, SocketOption<?> option) {
        if (NativeSocketOptions.all().contains(option) || option instanceof RawSocketOption) {
            throw new UnsupportedOperationException("the nio backend has no " + option.name()
                    + ", only the backends epoll and kqueue can have it: see NativeSocketOptions");
        }
        if (!channel.supportedOptions().contains(option)) {
            throw new UnsupportedOperationException(
                    "the nio backend has no " + option.name() + " for this socket, only "
                            + channel.supportedOptions().stream()
                                    .map(SocketOption::name)
                                    .sorted()
                                    .toList());
        }
    }

    private static void checkRange(SocketOption<?> option, int value) {
        int[] range = RANGES.get(option.name());
        if (range != null && (value < range[0] || value > range[1])) {
            throw new IllegalArgumentException(
                    option.name() + " must be from " + range[0] + " to " + range[1] + ": " + value);
        }
    }
}
