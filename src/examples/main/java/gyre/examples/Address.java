package gyre.examples;

import gyre.sys.UnixNameAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code HOST:PORT}, as people write it and want to read it. */
final class Address {
    private static final Pattern HOST_PORT = Pattern.compile("(\\[[^\\[\\]]+]|[^:\\[\\]]+):([0-9]+)");
    private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

    private Address() {}

    /**
     * Looks a host up: before the loop runs that may block.
     *
     * @throws UsageException if it has another form, the port is out of range, or the host is not known
     */
    static InetSocketAddress parse(String text) {
        Matcher parts = HOST_PORT.matcher(text);
        if (!parts.matches()) {
            throw new UsageException("an address is HOST:PORT, as 127.0.0.1:8080 or [::1]:8080, not \"" + text + "\"");
        }
        String host = parts.group(1);
        String port = parts.group(2);
        if (port.length() > 5 || Integer.parseInt(port) > 0xFFFF) {
            throw new UsageException("a port is 0 to 65535, not " + port + ": \"" + text + "\"");
        }
        InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
        if (address.isUnresolved()) {
            throw new UsageException("there is no host \"" + host + "\": \"" + text + "\"");
        }
        return address;
    }

    /** A Unix address: a path, or an abstract name behind an {@code @}; null if it looks like neither. */
    static @Nullable SocketAddress unix(String text) {
        try {
            if (text.startsWith("@")) {
                return UnixNameAddress.of(text.substring(1));
            }
            return text.contains("/") ? UnixDomainSocketAddress.of(text) : null;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage() + ": \"" + text + "\"");
        }
    }

    /** In the form that {@link #parse} takes, without a look-up. */
    static String text(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String name = host == null ? address.getHostString() : host.getHostAddress();
        return (host instanceof Inet6Address ? "[" + shortened(name) + "]" : name) + ":" + address.getPort();
    }

    /** With {@code ::} for the longest row of zeros, which {@link InetAddress} spells out. */
    private static String shortened(String ipv6) {
        int scope = ipv6.indexOf('%');
        String groups = scope < 0 ? ipv6 : ipv6.substring(0, scope);
        Optional<MatchResult> longest =
                ZEROS.matcher(groups).results().max(Comparator.comparingInt(row -> row.end() - row.start()));
        return longest.map(row -> ipv6.substring(0, row.start()) + "::" + ipv6.substring(row.end()))
                .orElse(ipv6);
    }
}
