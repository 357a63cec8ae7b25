package gyre.sys;

import java.net.SocketOption;

/**
 * An option by its numbers: what {@link NativeSocketOptions#raw} and {@link NativeSocketOptions#rawBytes} make, for backends
 * to take apart.
 *
 * @param type {@code Integer} or {@code byte[]}
 * @param level the C level, as {@code SOL_SOCKET}
 * @param number the option at that level
 * @param length the most bytes that its value has, from 1 to {@value #MAX_LENGTH}; 4 for an {@code Integer}
 */
public record RawSocketOption<T>(Class<T> type, int level, int number, int length) implements SocketOption<T> {
    /** The most bytes that a value may have. */
    public static final int MAX_LENGTH = 1024;

    /**
     * Checks what it is made of.
     *
     * @throws IllegalArgumentException if the type is another one, or the length out of its range
     */
    public RawSocketOption {
        if (type != Integer.class && type != byte[].class) {
            throw new IllegalArgumentException("a raw option is an Integer or a byte[], not a " + type.getName());
        }
        if (type == Integer.class && length != Integer.BYTES) {
            throw new IllegalArgumentException("an Integer has 4 bytes, not " + length);
        }
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("a raw option has from 1 to " + MAX_LENGTH + " bytes, not " + length);
        }
    }

    @Override
    public String name() {
        return "raw option " + level + "/" + number;
    }

    @Override
    public String toString() {
        return name();
    }
}
