package gyre.net;

import gyre.sys.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One datagram that was received could not be used; the message and {@link #sender} name who sent it. */
public final class DatagramException extends IOException {
    private static final long serialVersionUID = 1;

    private final @Nullable SocketAddress sender;

    /** About a datagram of so many bytes; the cause is why its decoder refused it, if it was that. */
    DatagramException(@Nullable SocketAddress sender, int bytes, String reason, @Nullable Exception cause) {
        super("a datagram of " + bytes + " bytes from " + text(sender) + ": " + reason, cause);
        this.sender = sender;
    }

    private static String text(@Nullable SocketAddress address) {
        return address == null ? "a socket without a name" : Addresses.text(address);
    }

    /** Who sent it, an {@link InetSocketAddress} over UDP; null for a Unix socket without a name. */
    public @Nullable SocketAddress sender() {
        return sender;
    }
}
