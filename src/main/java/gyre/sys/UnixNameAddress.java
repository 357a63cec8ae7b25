package gyre.sys;

import java.io.Serial;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The abstract name of a Unix socket, which Linux has beside paths: no file, no permissions, and gone with its socket. Any
 * bytes, 0 among them. The JDK has no class for it, and the nio backend none either.
 */
public final class UnixNameAddress extends SocketAddress {
    /** Bytes that a name has at most. */
    public static final int MAX_LENGTH = 107;

    @Serial
    private static final long serialVersionUID = 1;

    private final byte[] name;

    private UnixNameAddress(byte[] name) {
        if (name.length > MAX_LENGTH) {
            throw new IllegalArgumentException("an abstract name has at most " + MAX_LENGTH + " bytes, this has "
                    + name.length + ": " + text(name));
        }
        this.name = name;
    }

    /**
     * A name in UTF-8, without the {@code @} by which tools mark it.
     *
     * @throws IllegalArgumentException if it has more than {@link #MAX_LENGTH} bytes; the message says how many it has
     */
    public static UnixNameAddress of(String name) {
        return new UnixNameAddress(name.getBytes(StandardCharsets.UTF_8));
    }

    /** A name of these bytes, which are copied; errors as in {@link #of(String)}. */
    public static UnixNameAddress of(byte[] name) {
        return new UnixNameAddress(name.clone());
    }

    /** A copy of the bytes, without the 0 that the kernel's form begins with. */
    public byte[] name() {
        return name.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnixNameAddress that && Arrays.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(name);
    }

    /** The name behind an {@code @}; what is not printable ASCII as {@code \x00}. */
    @Override
    public String toString() {
        return text(name);
    }

    private static String text(byte[] name) {
        StringBuilder text = new StringBuilder("@");
        for (byte each : name) {
            if (each >= ' ' && each < 0x7F) {
                text.append((char) each);
            } else {
                text.append(String.format("\\x%02x", each & 0xFF));
            }
        }
        return text.toString();
    }
}
