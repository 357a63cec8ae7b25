package gyre.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;

/**
 * Asks an echo server through the JDK's own sockets, on a thread without faults. What comes back has to be what was sent;
 * where connections may be cut, a part of it from the beginning.
 */
final class FaultsClient {
    private static final int CONNECTIONS = 3;
    private static final int MOST_BYTES = 40_000;
    private static final int DATAGRAMS = 20;
    private static final int TRIES = 5;
    private static final int PATIENCE_MILLIS = 8_000;
    private static final int RESEND_MILLIS = 100;

    private final InetSocketAddress server;
    private final Random random;
    private final boolean mayBeCut;

    FaultsClient(InetSocketAddress server, Random random, boolean mayBeCut) {
        this.server = server;
        this.random = random;
        this.mayBeCut = mayBeCut;
    }

    /** Echoes to one after the other until the socket is closed; who goes before the end has failed and knows it. */
    static void serve(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException e) {
                continue;
            }
        }
    }

    void streams() {
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                stream(bytes(1 + random.nextInt(MOST_BYTES)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stream(byte[] sent) throws IOException {
        byte[] got = new byte[sent.length + 1];
        int count = 0;
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(server, PATIENCE_MILLIS);
            socket.getOutputStream().write(sent);
            socket.shutdownOutput();
            for (int n;
                    count < got.length && (n = socket.getInputStream().read(got, count, got.length - count)) >= 0; ) {
                count += n;
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError(count + " of " + sent.length + " bytes came back, and then nothing", e);
        } catch (IOException e) {
            if (!mayBeCut) {
                throw e;
            }
        }
        if (count > sent.length || !Arrays.equals(sent, 0, count, got, 0, count)) {
            throw new AssertionError("other bytes came back than were sent, among " + count);
        }
        if (count < sent.length && !mayBeCut) {
            throw new AssertionError(count + " of " + sent.length + " bytes came back, and then the end");
        }
    }

    void datagrams() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.setSoTimeout(mayBeCut ? RESEND_MILLIS : PATIENCE_MILLIS);
            for (int i = 0; i < DATAGRAMS; i++) {
                byte[] sent = bytes(1 + random.nextInt(500));
                sent[0] = (byte) i;
                datagram(socket, sent);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void datagram(DatagramSocket socket, byte[] sent) throws IOException {
        DatagramPacket got = new DatagramPacket(new byte[1000], 1000);
        for (int tries = 0; tries < TRIES; tries++) {
            socket.send(new DatagramPacket(sent, sent.length));
            try {
                do {
                    socket.receive(got);
                } while (got.getData()[0] != sent[0]); // an answer that came late
            } catch (SocketTimeoutException e) {
                if (mayBeCut) {
                    continue;
                }
                throw new AssertionError("datagram " + sent[0] + " was lost", e);
            }
            if (!Arrays.equals(sent, Arrays.copyOf(got.getData(), got.getLength()))) {
                throw new AssertionError("datagram " + sent[0] + " came back changed");
            }
            return;
        }
        throw new AssertionError("datagram " + sent[0] + " was lost " + TRIES + " times");
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
