package gyre.sys.posix;

import gyre.sys.RawSocketOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Options by their numbers: what the table does not know. */
final class RawOptions {
    private static final int AT = Scratch.CONTROL;

    private RawOptions() {}

    static void set(PosixSource socket, RawSocketOption<?> option, @Nullable Object value) throws IOException {
        if (value instanceof Integer number && option.type() == Integer.class) {
            OptionCalls.set(socket, option, option.level(), option.number(), number);
        } else if (value instanceof byte[] bytes && option.type() == byte[].class) {
            if (bytes.length > option.length()) {
                throw new IllegalArgumentException(
                        option.name() + " has at most " + option.length() + " bytes, not " + bytes.length);
            }
            Scratch.get().put(AT, bytes);
            OptionCalls.set(socket, option, option.level(), option.number(), AT, bytes.length);
        } else {
            throw new IllegalArgumentException(
                    option.name() + " must be of type " + option.type().getSimpleName() + ": " + value);
        }
    }

    static <T> T get(PosixSource socket, RawSocketOption<T> option) throws IOException {
        if (option.type() == Integer.class) {
            return option.type().cast(OptionCalls.get(socket, option, option.level(), option.number(), Integer.BYTES));
        }
        int length = OptionCalls.read(socket, option, option.level(), option.number(), AT, option.length());
        // Some answer with how much there would be.
        byte[] value = new byte[Math.min(length, option.length())];
        ByteBuffer scratch = Scratch.get();
        scratch.get(AT, value);
        return option.type().cast(value);
    }
}
