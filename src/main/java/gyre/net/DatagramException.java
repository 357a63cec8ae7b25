package gyre.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One datagram that was received could not be used; the message and {@link #sender} name who sent it. */
public final class DatagramException extends IOException {
    private static final long serialVersionUID = 1;

    private final InetSocketAddress sender;

    /** About a datagram of so many bytes; the cause is why its decoder refused it, if it was that. */
    DatagramException(InetSocketAddress sender, int bytes, String reason, @Nullable Exception cause) {
        super("a datagram of " + bytes + " bytes from " + text(sender) + ": " + reason, cause);
        this.sender = sender;
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /** Who sent it. */
    public InetSocketAddress sender() {
        return sender;
    }
}
