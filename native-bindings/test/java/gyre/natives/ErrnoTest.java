package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void theMessageSaysWhatFailedAndWhy() {
        assertEquals(
                "connect 10.0.0.1:80: Connection refused (ECONNREFUSED)",
                Errno.exception(Errno.ECONNREFUSED, "connect 10.0.0.1:80").getMessage());
        assertEquals(
                "recv: Unknown error (errno 4711)",
                Errno.exception(4711, "recv").getMessage());
    }

    @Test
    void anErrorBecomesTheJdksExceptionForIt() {
        expect(ConnectException.class, Errno.ECONNREFUSED, "connect");
        expect(ConnectException.class, Errno.ETIMEDOUT, "connect");
        expect(SocketException.class, Errno.ETIMEDOUT, "recv");
        expect(NoRouteToHostException.class, Errno.EHOSTUNREACH, "connect");
        expect(NoRouteToHostException.class, Errno.ENETUNREACH, "send");
        expect(BindException.class, Errno.EADDRINUSE, "bind");
        expect(BindException.class, Errno.EADDRNOTAVAIL, "connect");
        expect(BindException.class, Errno.EACCES, "bind");
        expect(IOException.class, Errno.EACCES, "send");
        expect(SocketException.class, Errno.ECONNRESET, "recv");
        expect(SocketException.class, Errno.ECONNABORTED, "accept4");
        expect(SocketException.class, Errno.EPIPE, "send");
        expect(SocketException.class, Errno.ENOTCONN, "shutdown");
        expect(IOException.class, Errno.EMFILE, "accept4");
        expect(IOException.class, 4711, "recv");
    }

    private static void expect(Class<? extends IOException> type, int errno, String what) {
        assertSame(type, Errno.exception(errno, what).getClass(), Errno.name(errno));
    }
}
