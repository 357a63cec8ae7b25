package gyre.sys;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import java.io.IOException;
import java.net.SocketAddress;

/** A datagram socket that a selector watches: its operations turn the selector until they have an answer. */
record Datagrams(PacketSocket socket, Recorder told, Turns turns) {
    int receive(Buf into) throws IOException {
        while (true) {
            int n = socket.receive(into);
            if (n != Transfer.NOT_READY) {
                return n;
            }
            turns.await(socket, told, Ready.READ);
        }
    }

    /** The text of the next one, at most 100 bytes long. */
    String receive() throws IOException {
        Buf into = Buf.allocate(100);
        receive(into);
        return into.text(java.nio.charset.StandardCharsets.UTF_8);
    }

    int send(Buf from, SocketAddress to) throws IOException {
        while (true) {
            int n = socket.send(from, to);
            if (n != Transfer.NOT_READY) {
                return n;
            }
            turns.await(socket, told, Ready.WRITE);
        }
    }

    void send(String text, SocketAddress to) throws IOException {
        send(Buf.copyOf(text), to);
    }

    SocketAddress address() throws IOException {
        return socket.localAddress();
    }
}
