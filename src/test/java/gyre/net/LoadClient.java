package gyre.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client that an echo server is never fast enough for, and that accounts for each byte: what comes back is what was sent,
 * from the first byte on, and then the connection ends, by an end or a reset. A server that falls silent fails it.
 */
final class LoadClient {
    /** A prime, so that no buffer's size hides a shift. */
    private static final int PERIOD = 251;

    private static final int SILENCE_MILLIS = 20_000;
    private static final long BUSY = 100_000;
    private static final int BUSY_ROUNDS = 10;

    private final CountDownLatch busy = new CountDownLatch(1);
    private final CompletableFuture<Void> end;

    private LoadClient(Session session) {
        end = OnLoop.aside(() -> {
            session.run(this);
            return null;
        });
    }

    private interface Session {
        void run(LoadClient client) throws IOException;
    }

    /** One connection, written to all the time. */
    static LoadClient streaming(int port) throws IOException {
        Socket socket = socket(port);
        OnLoop.aside(() -> {
            write(socket.getOutputStream());
            return null;
        });
        return new LoadClient(client -> {
            try (socket) {
                client.readAll(socket.getInputStream());
            }
        });
    }

    /** One short connection after another, until nobody listens. */
    static LoadClient churning(int port) {
        return new LoadClient(client -> client.connectAll(port));
    }

    /** Until the load is on. */
    void awaitBusy() throws Exception {
        while (!busy.await(100, TimeUnit.MILLISECONDS)) {
            if (end.isDone()) {
                end.get();
                throw new AssertionError("ended before it was told to");
            }
        }
    }

    /** Until the end was seen; fails with what was wrong until then. */
    void awaitEnd() throws Exception {
        end.get(2 * SILENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void write(OutputStream out) throws IOException {
        byte[] bytes = new byte[64 * PERIOD];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = at(i);
        }
        for (; ; ) {
            out.write(bytes); // until it fails
        }
    }

    private void readAll(InputStream in) throws IOException {
        byte[] bytes = new byte[65_536];
        long received = 0;
        try {
            for (int n; (n = in.read(bytes)) >= 0; received += n) {
                for (int i = 0; i < n; i++) {
                    if (bytes[i] != at(received + i)) {
                        throw new AssertionError("byte " + (received + i) + " is " + bytes[i]);
                    }
                }
                if (received > BUSY) {
                    busy.countDown();
                }
            }
        } catch (SocketException reset) {
            assertReset(reset);
        }
    }

    private void connectAll(int port) throws IOException {
        for (int rounds = 0; ; rounds++) {
            try (Socket socket = socket(port)) {
                socket.getOutputStream().write(rounds);
                int answer = socket.getInputStream().read();
                if (answer != -1 && answer != (rounds & 0xff)) {
                    throw new AssertionError("sent " + rounds + ", got " + answer);
                }
            } catch (ConnectException nobodyListens) {
                return;
            } catch (SocketException reset) {
                assertReset(reset);
            }
            if (rounds > BUSY_ROUNDS) {
                busy.countDown();
            }
        }
    }

    private static void assertReset(SocketException e) {
        if (!String.valueOf(e.getMessage()).matches("Connection reset.*|Broken pipe.*")) {
            throw new AssertionError(e);
        }
    }

    private static Socket socket(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(SILENCE_MILLIS);
        return socket;
    }

    private static byte at(long position) {
        return (byte) (position % PERIOD);
    }
}
