package gyre.sys;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.Charset;

/** How backends write addresses, the same in all of their messages. From any thread. */
public final class Addresses {
    /** The bytes of a Unix socket's path: as the JDK writes the names of files. */
    public static final Charset PATHS = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private Addresses() {}

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
