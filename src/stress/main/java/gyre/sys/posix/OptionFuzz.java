package gyre.sys.posix;

import static gyre.natives.Layout.AF_INET;
import static gyre.natives.Layout.AF_INET6;
import static gyre.natives.Layout.AF_UNIX;
import static gyre.natives.Layout.SOL_SOCKET;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import gyre.fuzz.Check;
import gyre.sys.RawSocketOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Options of real sockets: any value is taken or refused with the option's name and the value, those that are kept as they are
 * are read back, and a raw one of any number never fails otherwise than as an option.
 */
public final class OptionFuzz {
    private record Kind(PosixSource socket, PosixOptions options) {}

    private static final List<Kind> KINDS = open();

    /** The kernel keeps what it was told: others are doubled, masked, rounded or forgotten. */
    private static final Set<String> EXACT =
            Set.of("IP_TTL", "TCP_KEEPIDLE", "TCP_KEEPINTERVAL", "TCP_KEEPCOUNT", "TCP_NODELAY", "SO_KEEPALIVE");

    private OptionFuzz() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
        Kind kind = data.pickValue(KINDS);
        if (data.consumeInt(0, 3) == 0) {
            raw(kind, data);
            return;
        }
        List<SocketOption<?>> options = kind.options().supported().stream()
                .sorted(Comparator.comparing(SocketOption::name))
                .toList();
        set(kind, data.pickValue(options), data);
    }

    @SuppressWarnings("unchecked")
    private static void set(Kind kind, SocketOption<?> option, FuzzedDataProvider data) throws IOException {
        if (option.type() == NetworkInterface.class) {
            return; // a value of it can't be made up
        }
        Object value = option.type() == Boolean.class ? (Object) data.consumeBoolean() : (Object) data.consumeInt();
        try {
            kind.options().set(kind.socket(), (SocketOption<Object>) option, value);
        } catch (IllegalArgumentException | UnsupportedOperationException | IOException refused) {
            String message = String.valueOf(refused.getMessage());
            Check.holds(message.contains(option.name()), "which option: " + refused);
            Check.holds(
                    !(refused instanceof IllegalArgumentException) || message.contains(value.toString()),
                    "which value: " + refused);
            return;
        }
        Object now = kind.options().get(kind.socket(), option);
        Check.holds(now == null || option.type().isInstance(now), option.name() + " is " + now);
        if (EXACT.contains(option.name())) {
            Check.equal(value, now, option.name());
        }
    }

    /** Only read: to set any number as root would do more than the test means. */
    private static void raw(Kind kind, FuzzedDataProvider data) throws IOException {
        int number = data.consumeInt(1, 75); // 76 and 77 of Linux would open a descriptor
        int length = data.consumeInt(1, 600);
        try {
            byte[] value =
                    kind.options().get(kind.socket(), new RawSocketOption<>(byte[].class, SOL_SOCKET, number, length));
            Check.holds(value != null && value.length <= length, number + " has more than " + length + " bytes");
        } catch (IllegalArgumentException | UnsupportedOperationException | IOException refused) {
            Check.holds(refused.getMessage() != null, "it does not say what: " + refused);
        }
    }

    private static List<Kind> open() {
        try {
            List<Kind> kinds = new ArrayList<>();
            kinds.add(new Kind(Sockets.stream(StandardProtocolFamily.UNIX), PosixOptions.ofStream(AF_UNIX)));
            kinds.add(new Kind(Sockets.stream(StandardProtocolFamily.INET), PosixOptions.ofStream(AF_INET)));
            kinds.add(new Kind(Sockets.stream(StandardProtocolFamily.INET6), PosixOptions.ofStream(AF_INET6)));
            kinds.add(new Kind(Sockets.listener(StandardProtocolFamily.INET), PosixOptions.ofListener(AF_INET)));
            kinds.add(new Kind(Sockets.listener(StandardProtocolFamily.INET6), PosixOptions.ofListener(AF_INET6)));
            kinds.add(new Kind(Sockets.packet(StandardProtocolFamily.INET), PosixOptions.ofPacket(AF_INET)));
            kinds.add(new Kind(Sockets.packet(StandardProtocolFamily.INET6), PosixOptions.ofPacket(AF_INET6)));
            PosixPacket bound = Sockets.packet(StandardProtocolFamily.INET6);
            bound.bind(new InetSocketAddress("::1", 0)); // of which the kernel refuses IPV6_V6ONLY
            kinds.add(new Kind(bound, PosixOptions.ofPacket(AF_INET6)));
            return List.copyOf(kinds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
