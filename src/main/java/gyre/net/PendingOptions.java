package gyre.net;

import java.io.IOException;
import java.net.SocketOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Options that wait for their socket, in the order in which they were given. */
final class PendingOptions {
    /** A socket's way to take one. */
    interface Setter {
        <T> void set(SocketOption<T> option, T value) throws IOException;
    }

    private final Map<SocketOption<?>, Object> values = new LinkedHashMap<>();

    <T> void put(SocketOption<T> option, T value) {
        values.put(option, value);
    }

    void set(Setter socket) throws IOException {
        for (Map.Entry<SocketOption<?>, Object> entry : values.entrySet()) {
            set(socket, entry.getKey(), entry.getValue());
        }
    }

    @SuppressWarnings("unchecked") // put() takes only pairs that fit
    private static <T> void set(Setter socket, SocketOption<T> option, Object value) throws IOException {
        socket.set(option, (T) value);
    }
}
