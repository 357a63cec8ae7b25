package gyre.sys;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.Charset;

/** How backends compare addresses, and write them, the same in all of their messages. From any thread. */
public final class Addresses {
    /** The bytes of a Unix socket's path: as the JDK writes the names of files. */
    public static final Charset PATHS = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private Addresses() {}

    /**
     * Whether both mean the same. Unlike {@code equals} it tells scopes apart: fe80::1 is another host on each network. An
     * address without a scope means any.
     */
    public static boolean same(SocketAddress a, SocketAddress b) {
        return a.equals(b) && (scope(a) == scope(b) || scope(a) == 0 || scope(b) == 0);
    }

    /** On which network an IPv6 address is meant, by the number of its interface; 0 if it doesn't say, and for all others. */
    public static int scope(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address six
                ? six.getScopeId()
                : 0;
    }

    /** As a user would write it: {@code HOST:PORT}, {@code [::1]:80}, a path; without a look-up and without its slash. */
    public static String text(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return address.toString();
        }
        InetAddress host = inet.getAddress();
        String text = host == null ? inet.getHostString() : host.getHostAddress();
        return (host instanceof Inet6Address ? "[" + text + "]" : text) + ":" + inet.getPort();
    }
}
